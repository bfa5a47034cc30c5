import { lineValue } from "../parse/labels";
import type { Said } from "../parse/said";
import type { MailView } from "../parse/view";

/** What a report of Duplicati says, in either of its forms, by the names of its fields: "ParsedResult", "BeginTime". */
export type Fields = {
  get(name: string): Said<string> | null;
  /** The first entry of a list: "Warnings", "Errors". */
  first(name: string): Said<string> | null;
};

const longestJson = 5_000_000;

/** The fields of a report: "Key: value" lines (%RESULT%), or the JSON that its HTTP report may be set to. */
export function fieldsOf(view: MailView): Fields {
  return jsonFields(view.text) ?? textFields(view.text);
}

type Json = { [key: string]: unknown };

// {"Data": {...}, "Extra": {"backup-name": ...}, "LogLines": [...], "Exception": null}
function jsonFields(text: string): Fields | null {
  const all = jsonOf(text);
  const data = isObject(all?.Data) ? all.Data : null;
  if (!all || !data) return null;
  const places = [
    data,
    isObject(data.BackendStatistics) ? data.BackendStatistics : {},
    isObject(all.Extra) ? all.Extra : {},
    all,
  ];
  return {
    get: (name) =>
      saidIn(
        name,
        places.map((place) => place[name]).find((value) => value !== undefined),
      ),
    first: (name) => {
      const [entry] = Array.isArray(data[name]) ? data[name] : [];
      return typeof entry === "string" ? { value: entry, from: JSON.stringify(entry).slice(1, -1) } : null;
    },
  };
}

function jsonOf(text: string): Json | null {
  if (!text.startsWith("{") || text.length > longestJson) return null;
  try {
    const read: unknown = JSON.parse(text);
    return isObject(read) ? read : null;
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function saidIn(name: string, value: unknown): Said<string> | null {
  if (!["string", "number", "boolean"].includes(typeof value)) return null;
  const printed = JSON.stringify(value);
  return value === "" ? null : { value: `${value}`, from: [`"${name}":${printed}`, `"${name}": ${printed}`, printed] };
}

function textFields(text: string): Fields {
  const get = (name: string) => {
    const value = lineValue(text, name.toLowerCase());
    return value ? { value, from: `${name}: ${value}` } : null;
  };
  return { get, first: (name) => firstLine(text, name, get(name)?.value ?? "") };
}

// "Warnings: []", "Warnings: [one]", or one entry a line below "Warnings: [".
function firstLine(text: string, name: string, value: string): Said<string> | null {
  const inline = value.replace(/^\[/, "").replace(/\]$/, "").trim();
  if (inline) return { value: inline, from: inline };
  const lines = text.split("\n");
  const at = lines.findIndex((line) => line.trim().toLowerCase().startsWith(`${name.toLowerCase()}: [`));
  const entry = value.replace(/\s/g, "") === "[]" ? "" : (lines[at + 1]?.trim().replace(/,$/, "") ?? "");
  return at >= 0 && entry && entry !== "]" ? { value: entry, from: entry } : null;
}
