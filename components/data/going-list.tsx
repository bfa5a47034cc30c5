import { formatDay } from "@/lib/format";
import type { Going, Preview } from "@/lib/retention/rules";

/** What will go, in sentences; or that nothing will. */
export function GoingList({ preview, timeZone }: { preview: Preview; timeZone: string }) {
  const sentences = sentencesOf(preview, timeZone);
  if (sentences.length === 0) return <p>Nothing is that old: nothing goes now.</p>;
  return (
    <ul className="grid list-disc gap-1 pl-5">
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

/** @returns whether anything will go. */
export const isSomethingGoing = ({ mails, runs, audit }: Preview): boolean =>
  mails.count + runs.count + audit.count > 0;

function sentencesOf({ mails, mailsRemoved, runs, audit }: Preview, timeZone: string): string[] {
  const oldest = ({ oldest }: Going) => `the oldest of ${formatDay(oldest, timeZone)}`;
  const emptied = mails.count - mailsRemoved;
  return [
    emptied > 0 && `What ${counted(emptied, "mail said", "mails said")}, ${oldest(mails)}; the subject stays.`,
    mailsRemoved > 0 && `${counted(mailsRemoved, "mail")} of which no run was made, ${oldest(mails)}.`,
    runs.count > 0 && `${counted(runs.count, "run")} with their objects, ${oldest(runs)}.`,
    audit.count > 0 && `${counted(audit.count, "entry", "entries")} of the audit log, ${oldest(audit)}.`,
  ].filter((sentence) => sentence !== false);
}

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
