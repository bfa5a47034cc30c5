import { longestLabel, normaliseLabel } from "./normalise-label";

type LabelLines = {
  /** By the label of "Label: value", the first line that has it. */
  values: Map<string, string>;
  /** By a whole short line, the line that follows it. */
  below: Map<string, string>;
};

const textsKept = 2;
let kept: { text: string; lines: LabelLines }[] = [];

/** The labels of a text. Many parsers ask for many labels of one mail, so its texts are walked through once each. */
export function labelLines(text: string): LabelLines {
  const known = kept.find((entry) => entry.text === text);
  if (known) return known.lines;
  const lines = readLines(text);
  kept = [{ text, lines }, ...kept].slice(0, textsKept);
  return lines;
}

function readLines(text: string): LabelLines {
  const values = new Map<string, string>();
  const below = new Map<string, string>();
  const lines = text.split("\n");
  for (const [i, line] of lines.entries()) {
    const colon = line.indexOf(":");
    if (colon > 0 && colon < longestLabel)
      add(values, line.slice(0, colon), line.slice(colon + 1).replace(/^\*?\s*/, ""));
    const next = lines[i + 1]?.trim() || lines[i + 2]?.trim();
    if (next && line.length <= longestLabel && line !== "") add(below, line, next);
  }
  return { values, below };
}

function add(map: Map<string, string>, label: string, value: string): void {
  const key = normaliseLabel(label);
  if (!map.has(key)) map.set(key, value.trim());
}
