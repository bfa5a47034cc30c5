import "server-only";
import { expireNow } from "../access/expire";
import { fileNow } from "../filing/start";
import { sendDeliveries } from "../outgoing/send-deliveries";
import { workOnReparses } from "../reparses/work";
import { sendDueReports } from "../reports/send";
import { applyRetention } from "../retention/apply";
import { learnSchedules } from "../schedules/learn-jobs";
import { readMailboxes } from "../sources/read-mailboxes";
import { watchMailboxes } from "../sources/watch-mailboxes";
import { watchSources } from "../sources/watch-sources";
import { findMissedNow } from "./find-missed";
import type { Task } from "./types";

/** Every task there is. A new one is a line here, and a line in vercel.json for hosts without long-lived processes. */
export const tasks: readonly Task[] = [
  { name: "reparse-mails", everySeconds: 10, run: workOnReparses },
  { name: "file-mails", everySeconds: 60, run: fileNow },
  { name: "read-mailboxes", everySeconds: 60, run: readMailboxes },
  { name: "watch-mailboxes", everySeconds: 15, run: watchMailboxes },
  { name: "watch-sources", everySeconds: 300, run: watchSources },
  { name: "learn-schedules", everySeconds: 6 * 3600, run: learnSchedules },
  { name: "find-missed", everySeconds: 120, run: findMissedNow },
  { name: "expire-assignments", everySeconds: 30, run: expireNow },
  { name: "send-deliveries", everySeconds: 15, run: sendDeliveries },
  { name: "send-reports", everySeconds: 60, run: sendDueReports },
  { name: "apply-retention", everySeconds: 3600, run: applyRetention },
];
