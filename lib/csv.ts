import Papa from "papaparse";

/**
 * @param columns head of each column and how to read it from a row.
 * @returns RFC 4180 text with a byte order mark (Excel); cells that a spreadsheet would take for a formula start with an apostrophe.
 */
export function toCsv<Row>(
  rows: readonly Row[],
  columns: Record<string, (row: Row) => string | number | null>,
): string {
  const heads = Object.keys(columns);
  const data = rows.map((row) => Object.values(columns).map((read) => read(row) ?? ""));
  // A leading tab, return or NUL makes a spreadsheet look further; minus and plus alone are numbers.
  const escapeFormulae = /^[=+\-@\t\r\0\uFF1D\uFF0B\uFF0D\uFF20].*$/s;
  return `\uFEFF${Papa.unparse({ fields: heads, data }, { escapeFormulae, newline: "\r\n" })}\r\n`;
}

/**
 * @returns the rows of a CSV file as objects by lower-case column head, with the line each stands on (the head is line 1).
 * Comma, semicolon and tab are recognised. @throws nothing: a file that is no CSV gives no rows.
 */
export function fromCsv(text: string): { line: number; cells: Record<string, string> }[] {
  const plain = text.replace(/^\uFEFF/, "");
  const { data } = Papa.parse<Record<string, string>>(plain, {
    header: true,
    delimiter: delimiterOf(plain),
    skipEmptyLines: false,
    transformHeader: (head) => head.trim().toLowerCase(),
  });
  return data
    .map((cells, index) => ({ line: index + 2, cells }))
    .filter(({ cells }) => Object.values(cells).some((cell) => typeof cell === "string" && cell.trim() !== ""));
}

/** The library guesses from all lines, and wrongly for two columns with semicolons: the head alone says it. */
function delimiterOf(text: string): string {
  const head = text.split(/\r?\n/, 1)[0] ?? "";
  const count = (delimiter: string) => head.split(delimiter).length;
  return [",", ";", "\t"].reduce((best, one) => (count(one) > count(best) ? one : best));
}
