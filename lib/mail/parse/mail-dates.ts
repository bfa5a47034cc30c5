const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const zones: Record<string, number> = {
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
};
const shape = /(\d{1,2})\s+([a-z]{3})[a-z]*\s+(\d{2,4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([+-]\d{4}|[a-z]{1,4})?/i;

/** A Date header (RFC 5322, also the obsolete forms) as an instant and its own offset; null when it is none. */
export function readMailDate(value: string): { iso: string; offsetMinutes: number } | null {
  const match = shape.exec(value.slice(0, 200));
  if (!match) return null;
  const month = months.indexOf((match[2] ?? "").toLowerCase());
  const offsetMinutes = offset(match[7] ?? "");
  const utc = Date.UTC(
    year(match[3] ?? ""),
    month,
    Number(match[1]),
    Number(match[4]),
    Number(match[5]),
    Number(match[6] ?? 0),
  );
  if (month < 0 || Number.isNaN(utc)) return null;
  return { iso: new Date(utc - offsetMinutes * 60_000).toISOString(), offsetMinutes };
}

function year(text: string): number {
  const number = Number(text);
  if (text.length > 3) return number;
  return number < 50 ? 2000 + number : 1900 + number;
}

function offset(text: string): number {
  const sign = /^([+-])(\d{2})(\d{2})$/.exec(text);
  if (!sign) return zones[text.toUpperCase()] ?? 0;
  return (sign[1] === "-" ? -1 : 1) * (Number(sign[2]) * 60 + Number(sign[3]));
}
