export type AuthResults = {
  /** The name of the mail server that wrote it, in lower case; "" where it writes none. */
  server: string;
  methods: { method: string; result: string; properties: Record<string, string> }[];
};

const LONGEST = 10_000;

/** Reads a field Authentication-Results (RFC 8601), in lower case; comments and what stands in quotes are left out. */
export function readAuthResults(value: string): AuthResults {
  const [first = "", ...rest] = parts(value.slice(0, LONGEST));
  // Exchange Online begins with the first method instead of a name.
  const isNamed = !first.includes("=");
  const server = isNamed ? (first.trim().split(/\s+/)[0] ?? "") : "";
  return { server, methods: (isNamed ? rest : [first, ...rest]).flatMap(readMethod) };
}

function readMethod(part: string): AuthResults["methods"] {
  const words = part
    .trim()
    .replace(/\s*=\s*/g, "=")
    .split(/\s+/);
  const [method, result] = split(words[0] ?? "");
  if (!method || !result) return [];
  const properties: Record<string, string> = Object.create(null);
  for (const word of words.slice(1)) {
    const [name, about] = split(word);
    if (name) properties[name] ??= about;
  }
  return [{ method: method.split("/")[0] ?? "", result, properties }];
}

function split(word: string): [string, string] {
  const at = word.indexOf("=");
  return at < 0 ? ["", ""] : [word.slice(0, at), word.slice(at + 1)];
}

/** Between semicolons that stand in no comment and no quotes, which are left out with what is in them. */
function parts(value: string): string[] {
  const found = [""];
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < value.length; i++) {
    const char = value.charAt(i);
    if (char === "\\" && (quoted || depth > 0)) i++;
    else if (quoted) quoted = char !== '"';
    else if (char === "(") depth++;
    else if (char === ")") depth = Math.max(0, depth - 1);
    else if (depth > 0) continue;
    else if (char === '"') quoted = true;
    else if (char === ";") found.push("");
    else found.push((found.pop() ?? "") + char.toLowerCase());
  }
  return found;
}
