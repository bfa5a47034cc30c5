type Line = { indent: number; text: string };

/**
 * Reads the part of YAML that compose.yaml is written in: maps and lists by indentation, plain and quoted words, lists in
 * brackets. @throws for anything else, with its line.
 */
export function parseYaml(text: string): unknown {
  const lines = text.split("\n").flatMap((line): Line[] => {
    if (/^\s*(#|$)/.test(line)) return [];
    if (line.includes("\t")) throw new Error(`A tab: ${line}`);
    return [{ indent: line.length - line.trimStart().length, text: line.trim() }];
  });
  const value = block(lines, 0);
  if (lines.length > 0) throw new Error(`Not understood: ${lines[0]?.text}`);
  return value;
}

function block(lines: Line[], indent: number): unknown {
  const [first] = lines;
  if (!first || first.indent < indent) return null;
  return first.text.startsWith("- ") ? list(lines, first.indent) : map(lines, first.indent);
}

function list(lines: Line[], indent: number): unknown[] {
  const items: unknown[] = [];
  while (lines[0]?.indent === indent && lines[0].text.startsWith("- "))
    items.push(scalar(lines.shift()?.text.slice(2) ?? ""));
  return items;
}

function map(lines: Line[], indent: number): Record<string, unknown> {
  const entries: Record<string, unknown> = {};
  while (lines[0]?.indent === indent) {
    const line = lines.shift()?.text ?? "";
    const [, key, rest = ""] = /^([\w-]+):(?: (.*))?$/.exec(line) ?? [];
    if (!key || key in entries) throw new Error(`No key, or one twice: ${line}`);
    entries[key] = rest === "" ? block(lines, indent + 1) : scalar(rest);
  }
  return entries;
}

function scalar(text: string): unknown {
  if (/^["[]/.test(text)) return JSON.parse(text);
  if (/^[\w./$:{?} @-]+$/.test(text)) return text;
  throw new Error(`Not understood: ${text}`);
}
