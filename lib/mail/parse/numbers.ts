const sizeShape = /(\d[\d.,' ]{0,30}\d|\d)\s{0,3}(?:([kmgtpe])(?:i?[bo])?|b|o|bytes?|octets?)(?![a-z])/i;

export type Decimal = "." | ",";

/** The decimal separator that a mail uses, decided by a number with one or two decimals; null when nothing decides it. */
export function decimalOf(text: string): Decimal | null {
  const shown = /(?:^|[^\d.,])\d{1,15}([.,])\d{1,2}(?=\s{0,3}(?:[kmgtp]?i?b\b|x\b|%|$))/im.exec(text.slice(0, 100_000));
  return shown ? (shown[1] as Decimal) : null;
}

/** A number with grouping in any locale: "62,685,875", "1.234,5", "307,2". Null when it is none. */
export function readNumber(text: string, decimal: Decimal | null): number | null {
  const plain = text.replace(/[\s']/g, "");
  if (!/^\d[\d.,]*$/.test(plain)) return null;
  const point = plain[decimalAt(plain, decimal)] === undefined ? plain.length : decimalAt(plain, decimal);
  const value = Number(`${plain.slice(0, point).replace(/[.,]/g, "")}.${plain.slice(point + 1) || "0"}`);
  return Number.isFinite(value) ? value : null;
}

function decimalAt(plain: string, decimal: Decimal | null): number {
  const last = Math.max(plain.lastIndexOf("."), plain.lastIndexOf(","));
  if (last < 0) return plain.length;
  const separator = plain[last];
  const repeated = plain.indexOf(separator ?? "") !== last;
  if (repeated) return plain.length;
  const mixed = plain.includes(separator === "." ? "," : ".");
  if (mixed) return last;
  return decimal && separator !== decimal && plain.length - last === 4 ? plain.length : last;
}

/** A size such as "307,2 GB", "128.001 GiB", "397.0 B", "20,6 Go" in bytes (units of 1024); null when it is none. */
export function readSize(text: string, decimal: Decimal | null): number | null {
  const match = sizeShape.exec(text.slice(0, 100));
  if (!match) return null;
  const number = readNumber(match[1] ?? "", decimal);
  const power = "kmgtpe".indexOf((match[2] ?? "").toLowerCase()) + (match[2] ? 1 : 0);
  if (number === null) return null;
  const bytes = Math.round(number * 1024 ** power);
  return Number.isSafeInteger(bytes) ? bytes : null;
}

/** A duration in seconds: "0:03:34", "1.02:03:04", "00:00:00.19", "2m 41s", "1h 3m 5s", "1 day 2 hours"; null when it is none. */
export function readDuration(text: string): number | null {
  const start = text.trim().slice(0, 80);
  const clock = /^(?:(\d{1,4})(?:\.|\s*d(?:ays?)?\s*,?\s*))?(\d{1,4}):(\d{2}):(\d{2})(?:[.,]\d{1,9})?$/i.exec(start);
  if (clock) return seconds(clock[1], clock[2], clock[3], clock[4]);
  const words =
    /^(?:(\d{1,4})\s*d(?:ays?)?)?[\s,]*(?:(\d{1,4})\s*h(?:ours?|rs?)?)?[\s,]*(?:(\d{1,5})\s*m(?:in(?:ute)?s?)?)?[\s,]*(?:(\d{1,7})(?:[.,]\d{1,9})?\s*s(?:ec(?:ond)?s?)?)?$/i;
  const match = words.exec(start);
  return match && /\d/.test(start) ? seconds(match[1], match[2], match[3], match[4]) : null;
}

function seconds(days?: string, hours?: string, minutes?: string, rest?: string): number {
  return Number(days ?? 0) * 86_400 + Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(rest ?? 0);
}
