const DEEPEST = 5;

/**
 * What the log may say of an error. Messages of the libraries repeat commands, answers and whole mails, which may hold
 * secrets: only names, codes and places are kept.
 */
export function reportable(error: unknown): { name: string; code?: string; at?: string; cause?: object } | undefined {
  return told(error, 0);
}

function told(error: unknown, depth: number): ReturnType<typeof reportable> {
  if (!(error instanceof Error) || depth > DEEPEST) return undefined;
  const { code } = error as { code?: unknown };
  const places = String(error.stack ?? "").match(/^ {4}at .+$/gm) ?? [];
  return {
    name: error.name,
    code: typeof code === "string" ? code : undefined,
    at: places
      .slice(0, 5)
      .map((line) => line.trim())
      .join(" < "),
    cause: told(error.cause, depth + 1),
  };
}
