/** Names of time zones. Pure: for both sides. */

/** @returns whether there is an IANA zone of this name; an offset such as "+01:00" is none. */
export function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}

/** @returns the zones to choose from, UTC first. */
export const timeZoneNames = (): string[] => [
  "UTC",
  ...Intl.supportedValuesOf("timeZone").filter((name) => name !== "UTC"),
];
