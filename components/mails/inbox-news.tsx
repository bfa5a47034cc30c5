import { getApproval } from "@/lib/filing/queries";
import type { SearchParams } from "@/lib/list";
import { getDeletion } from "@/lib/mails/queries";
import { subjectLabel } from "@/lib/mails/rules";
import { Announce } from "./announce";

/** What became of the mail that one was sent on from. The address only names it, so nobody can put words into it. */
export async function InboxNews({ params }: { params: SearchParams }) {
  const sentence = await sentenceOf(params);
  return sentence && <Announce sentence={sentence} />;
}

async function sentenceOf({ approved, deleted }: SearchParams): Promise<string | null> {
  const approval = typeof approved === "string" ? await getApproval(approved) : null;
  if (approval) {
    const { subject, customer, job, together } = approval;
    const others = together > 1 ? ` ${together - 1} more waiting ${together === 2 ? "mail" : "mails"} went along.` : "";
    return `“${subjectLabel(subject)}” was approved to ${customer}, ${job}.${others}`;
  }
  const subject = typeof deleted === "string" ? await getDeletion(deleted) : null;
  return subject === null ? null : `“${subjectLabel(subject)}” moved to Deleted Mails.`;
}
