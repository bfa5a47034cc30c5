import "server-only";
import type { Access } from "../access/can";
import { formatMoment } from "../format";
import { workerPool } from "../workers";
import type { ReportDocument } from "./types";

/**
 * @param about what the report is called and what it is about, for people.
 * @returns the report as PDF (A4); drawn in a thread, because a thousand rows take a second.
 */
export async function reportPdf(
  { account }: Pick<Access, "account">,
  about: { title: string; subject: string },
  document: ReportDocument,
): Promise<Uint8Array<ArrayBuffer>> {
  const pool = workerPool("pdf.worker", { maxThreads: 1, maxQueue: 50 });
  const { from, to } = document.period;
  const madeAt = formatMoment(new Date(), account.timeZone);
  const subject = `${about.subject}, ${from} to ${to}`;
  return pool.run({ accountName: account.name, title: about.title, subject, madeAt, document });
}
