import "server-only";
import { and, asc, eq, isNotNull, lte, sql } from "drizzle-orm";
import { type Access, can } from "../access/can";
import { accessInRole } from "../access/session";
import { type Actor, auditDone } from "../audit";
import { db, type Tx, transaction } from "../db";
import { reports } from "../db/schema/reports";
import { isDatabaseAway } from "../errors";
import { accident } from "../log";
import { enqueueMail } from "../outgoing/enqueue";
import { linkTo } from "../outgoing/link";
import type { Attachment } from "../outgoing/types";
import { reportCsv } from "./csv";
import { documentOf } from "./document";
import { reportPdf } from "./pdf";
import { kindLabels, subjectOf } from "./rules";
import { askedBy, savedReport } from "./saved";
import { nextSend } from "./schedule";
import type { ReportDocument, ReportRow, ReportSchedule } from "./types";

const actor: Actor = { id: null, name: "system", role: "", address: "" };

/** Mails the reports that are due, one after the other. The task `send-reports`. */
export async function sendDueReports(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const [due] = await db()
      .select({
        id: reports.id,
        name: reports.name,
        nextSendAt: reports.nextSendAt,
        userId: reports.scheduledBy,
        roleId: reports.scheduledRoleId,
      })
      .from(reports)
      .where(and(isNotNull(reports.nextSendAt), lte(reports.nextSendAt, sql`now()`)))
      .orderBy(asc(reports.nextSendAt), asc(reports.id))
      .limit(1);
    if (!due) return;
    await sendDue(due);
  }
}

type Due = { id: string; name: string; nextSendAt: Date | null; userId: string | null; roleId: string | null };

async function sendDue(due: Due): Promise<void> {
  const access = due.userId && due.roleId ? await accessInRole(db(), due.userId, due.roleId) : null;
  const mayStill = access && can(access, "reports.view") && can(access, "reports.manage");
  const content = mayStill ? await sendOne(access, due.id).catch(whyNot) : null;
  const timeZone = access?.account.timeZone ?? "UTC";
  await transaction(async (tx) => {
    // Whoever changed the schedule meanwhile is sent the new one later.
    const [held] = await tx
      .select({ schedule: sql<ReportSchedule | null>`${reports.schedule}`, nextSendAt: reports.nextSendAt })
      .from(reports)
      .where(eq(reports.id, due.id))
      .for("update");
    if (!held?.schedule || held.nextSendAt?.getTime() !== due.nextSendAt?.getTime()) return;
    const { recipients } = held.schedule;
    const problem = await enqueueOrSay(tx, content, recipients);
    const nextSendAt = nextSend(held.schedule, timeZone, new Date());
    const sent = problem ? { sendError: problem } : { sendError: null, lastSentAt: sql`now()` };
    await tx
      .update(reports)
      .set({ ...sent, nextSendAt })
      .where(eq(reports.id, due.id));
    const after = problem ? { problem } : { recipients, inRoleOf: access?.username };
    await auditDone(tx, actor, [
      { action: problem ? "report.not_sent" : "report.send", target: due.name, targetId: due.id, after },
    ]);
  });
}

/** One that cannot be made holds up no other. @returns what its page says. @throws while the database is away. */
function whyNot(error: unknown): string {
  if (isDatabaseAway(error)) throw error;
  const known = accident(error instanceof Error ? error : new Error(String(error)), "report.send");
  return `It could not be made. Number: ${(known as { digest?: string }).digest}`;
}

async function enqueueOrSay(tx: Tx, content: Sendable | string | null, recipients: string[]): Promise<string | null> {
  if (typeof content === "string") return content;
  if (!content)
    return "Whoever set this up may not see the report any more. Save the schedule again to send it in your name.";
  return (await content.enqueue(tx, recipients)) ? null : "The account has no mail server.";
}

/** A report that is made and can be sent. */
export type Sendable = { enqueue: (tx: Tx, recipients: string[]) => Promise<boolean> };

/** Makes a report as the access may see it. @returns null when it covers no such report, or nothing is said about mailing it. */
export async function sendOne(access: Access, id: string): Promise<Sendable | null> {
  const report = await savedReport(db(), access, id);
  if (!report?.schedule) return null;
  const document = await documentOf(access, askedBy(report, access));
  const attachments = await attachmentsOf(access, report, document);
  const mail = {
    subject: `${report.name}: ${document.period.from} to ${document.period.to}`,
    text: textOf(access, report, document),
  };
  const about = `The report ${report.name}`;
  return { enqueue: (tx, to) => enqueueMail(tx, { to, ...mail, attachments, about }) };
}

async function attachmentsOf(access: Access, report: ReportRow, document: ReportDocument): Promise<Attachment[]> {
  const name = `${report.name.replace(/[^\p{L}\p{N}.-]+/gu, "-")}-${document.period.to}`;
  const attach = report.schedule?.attach ?? [];
  const pdf =
    attach.includes("pdf") && (await reportPdf(access, { title: report.name, subject: subjectOf(report) }, document));
  return [
    ...(pdf
      ? [{ name: `${name}.pdf`, contentType: "application/pdf", base64: Buffer.from(pdf).toString("base64") }]
      : []),
    ...(attach.includes("csv")
      ? [{ name: `${name}.csv`, contentType: "text/csv", base64: Buffer.from(reportCsv(document)).toString("base64") }]
      : []),
  ];
}

function textOf({ account }: Access, report: ReportRow, document: ReportDocument): string {
  const figures = document.sections.flatMap((section) => (section.kind === "figures" ? section.figures : []));
  const link = linkTo(`/reports/${report.id}`);
  return [
    `${report.name} (${kindLabels[report.kind]})`,
    `${subjectOf(report)}, ${document.period.from} to ${document.period.to}`,
    "",
    ...figures.map(({ label, value }) => `${label}: ${value}`),
    "",
    ...(link ? [`Look at it: ${link}`, ""] : []),
    account.name,
  ].join("\n");
}
