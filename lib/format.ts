/** How numbers and moments are shown to people. Pure: for both sides. */

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

/** @returns "1.5 GiB"; a dash for null. */
export function formatBytes(bytes: number | null): string {
  if (bytes === null) return "–";
  let [value, unit] = [bytes, 0];
  while (value >= 1024 && unit < UNITS.length - 1) [value, unit] = [value / 1024, unit + 1];
  return `${value.toLocaleString("en", { maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0 })} ${UNITS[unit]}`;
}

/** @returns "1 h 03 min", "4 min 20 s", "12 s"; a dash for null. */
export function formatDuration(seconds: number | null): string {
  if (seconds === null) return "–";
  const [hours, minutes, rest] = [
    Math.floor(seconds / 3600),
    Math.floor((seconds % 3600) / 60),
    Math.round(seconds % 60),
  ];
  if (hours > 0) return `${hours} h ${String(minutes).padStart(2, "0")} min`;
  return minutes > 0 ? `${minutes} min ${String(rest).padStart(2, "0")} s` : `${rest} s`;
}

/** @returns "2026-11-21 07:05" in the given time zone; a dash for null. */
export function formatMoment(moment: Date | string | null, timeZone: string): string {
  return moment === null ? "–" : formatterOf(timeZone, "short").format(new Date(moment));
}

/** @returns "2026-11-21" in the given time zone; a dash for null. */
export function formatDay(moment: Date | string | null, timeZone: string): string {
  return moment === null ? "–" : formatterOf(timeZone, undefined).format(new Date(moment));
}

/** @returns "27 Nov 2026, 18:00" in the given time zone, for sentences. */
export function formatEnd(moment: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone,
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  }).format(moment);
}

/** @returns "2026-11-27T18:00" in the given time zone: the value of a field for date and time. */
export const formatTyped = (moment: Date, timeZone: string): string => formatMoment(moment, timeZone).replace(" ", "T");

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making one costs a hundred times what using it costs, and a list shows hundreds of moments. */
function formatterOf(timeZone: string, timeStyle: "short" | undefined): Intl.DateTimeFormat {
  const key = `${timeZone} ${timeStyle}`;
  const kept = formatters.get(key);
  if (kept) return kept;
  const made = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle });
  formatters.set(key, made);
  return made;
}

/** @returns "1 mail", "1,204 mails". */
export function formatCount(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? singular : plural}`;
}
