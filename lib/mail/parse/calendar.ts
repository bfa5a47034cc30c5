const locales = "en de fr it nl es pt pl cs sk hu ro bg ru uk sv da nb fi et lv lt hr sl sr el tr ca".split(" ");

/** Every spelling of a month in these languages, in lower case without a trailing dot, with the months (1 to 12) that it may mean. */
export const monthsByName: ReadonlyMap<string, readonly number[]> = monthNames();

/** The long names of the days of the week in these languages, in lower case. */
export const weekdayNames: readonly string[] = locales.flatMap((locale) => {
  const format = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
  return [1, 2, 3, 4, 5, 6, 7].map((day) =>
    format
      .format(Date.UTC(2026, 0, day))
      .normalize("NFC")
      .toLowerCase(),
  );
});

// Croatian "listopad" is October and Polish "listopad" is November: a name may mean several months.
function monthNames(): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const locale of locales) {
    for (const length of ["long", "short"] as const) {
      for (const options of [{ month: length }, { month: length, day: "numeric" }] as const) {
        const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
        for (let month = 1; month <= 12; month++) add(found, nameOf(format, month), month);
      }
    }
  }
  return found;
}

function nameOf(format: Intl.DateTimeFormat, month: number): string {
  const parts = format.formatToParts(Date.UTC(2026, month - 1, 15));
  return parts.find((part) => part.type === "month")?.value ?? "";
}

function add(found: Map<string, number[]>, name: string, month: number): void {
  const key = name.normalize("NFC").toLowerCase().replace(/\.$/, "");
  if (key === "" || /\d/.test(key)) return;
  const months = found.get(key) ?? [];
  if (!months.includes(month)) found.set(key, [...months, month]);
}
