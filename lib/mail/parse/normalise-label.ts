/** Nothing longer is a label. */
export const longestLabel = 60;

/** A label as it is compared: lower case, NFC, whitespace collapsed, without a trailing colon or the stars of a plain-text bold. */
export function normaliseLabel(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\s*]+/g, " ")
    .trim()
    .replace(/\s*:$/, "");
}
