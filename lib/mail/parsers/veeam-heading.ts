import { normaliseLabel } from "../parse/normalise-label";
import type { MailView } from "../parse/view";

/** What the big coloured cell says: `text` as it stands there. */
export type Heading = { kind: string; name: string; text: string };

const jobHeading = /^\*?([^\n:]{2,60}?) job:\s*([^\n]{1,200}?)\*?$/im;
const configHeading = /^\*?(Configuration Backup) for ([^\n]{1,200}?)\*?$/im;
const storageHeading = /^\*?(Scale-out Backup Repository) ([^\n]{1,200}?)\*?$/im;
const shapes = [jobHeading, configHeading, storageHeading];

/** "Backup job: Daily" of the big coloured cell. AI prose and job descriptions further down may say anything. */
export function headingOf(view: MailView): Heading | null {
  for (const text of [...view.rows.slice(0, 12).flat(), view.text.slice(0, 3000), view.htmlText.slice(0, 3000)]) {
    const found = headingIn(text);
    if (found) return found;
  }
  return null;
}

/** The other cells of the row that holds the heading. */
export function besideHeading(view: MailView): string[] {
  return (
    view.rows
      .slice(0, 12)
      .find((cells) => cells.some((cell) => headingIn(cell) !== null))
      ?.slice(1) ?? []
  );
}

function headingIn(text: string): Heading | null {
  const found = shapes.map((shape) => shape.exec(text)).find((match) => match !== null);
  if (!found?.[1] || !found[2]) return null;
  return { kind: found[1].trim(), name: found[2].trim(), text: found[0].replaceAll("*", "") };
}

/** "backup", "backup copy", "configuration backup", "storage report" ... */
export function jobTypeOf(heading: Heading | null): string {
  const kind = normaliseLabel(heading?.kind ?? "backup").replace(/^agent /, "");
  if (kind === "scale-out backup repository") return "storage report";
  return /^[a-z][a-z &-]{2,50}$/.test(kind) ? kind : "backup";
}
