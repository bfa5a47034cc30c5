/** Runs once when the server starts. A start that fails ends the process: a half-started server would answer 500 to everything. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startServer } = await import("./lib/start");
  await startServer();
}

/** Called by the framework for every error of a page, action or route that nobody caught. */
export async function onRequestError(error: unknown): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { noteRequestError } = await import("./lib/log");
  noteRequestError(error);
}
