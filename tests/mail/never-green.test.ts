import { describe, expect, test } from "vitest";
import { parseMail } from "@/lib/mail/parse/parse";

const receivedAt = "2026-10-06T06:00:00Z";

async function statuses(subject: string, body: string, end = "\r\n", type = "text/plain"): Promise<string[]> {
  const encoded = `=?utf-8?B?${Buffer.from(subject).toString("base64")}?=`;
  const head = `From: x@y.example\r\nSubject: ${encoded}\r\nDate: Tue, 06 Oct 2026 05:59:00 +0000\r\nContent-Type: ${type}; charset=utf-8\r\n`;
  const { runs } = await parseMail(Buffer.from(`${head}\r\n${body}${end}`), receivedAt);
  return runs.map(({ status }) => status);
}

const heading = (cell: string) => `<tr><td>Backup job: Daily</td><td>${cell}</td></tr>`;
const row = (name: string, status: string) => `<tr><td>${name}</td><td>${status}</td><td></td></tr>`;
const veeam = (cell: string, ...rows: string[]) =>
  `<table>${heading(cell)}<tr><td>Start time</td><td>21:00:00</td></tr><tr><td>Name</td><td>Status</td><td>Details</td></tr>${rows.join("")}<tr><td>Veeam Backup & Replication 13.1.0.411</td></tr></table>`;
const guests = (rows: string) =>
  `Details\n=======\nVMID  Name  Status  Time  Size  Filename\n${rows}\n\nTotal running time: 3m\n\nLogs\n====\n`;
const duplicati = (more: string) => `ExaminedFiles: 10\nParsedResult: Success\nMainOperation: Backup\n${more}\n`;
const qnap = (severity: string, message: string) =>
  `NAS Name: N\nSeverity: ${severity}\nApp Name: Hybrid Backup Sync\nMessage: ${message}\n`;
const qnapSubject = "[Info][Hybrid Backup Sync] Notification from your device: N";
const alert = 'Backup Exec Alert: Job Success (Server: "S") (Job: "J")';
const sql = "SQL Server Job System: 'J' completed on \\\\SRV";
const xen = "[Xen Orchestra] success − Backup report for J ✔";
const reflect = "Computer Name: PC1\nBackup definition: 'd'\n";
const cron = "Cron <root@srv> /root/backup.sh";
const saved = "snapshot 1a2b3c4d saved";

const plain: [string, string, string][] = [
  ["a word of vzdump that nobody knows", "vzdump backup status (a): backup successful", guests("100  a  skipped  1m")],
  [
    "more behind vzdump's success",
    "vzdump backup status (a): backup successful with warnings",
    guests("100  a  ok  1m"),
  ],
  ["a failed container without a name", "nightly", guests("100  a  ok  1m\n101    err  0s")],
  ["a task of Proxmox that failed", "vzdump backup status (a): backup successful", "TASK ERROR: job errors"],
  ["bad chunks", "Garbage Collect Datastore 'a' successful", "Leftover bad chunks: 2\nGarbage collection successful."],
  ["more behind a success of PBS", "Verify Datastore 'a' successful", "Verification successful with warnings."],
  ["a partial backup", "Duplicati Backup report for a", duplicati("PartialBackup: True")],
  ["a dry run", "Duplicati Backup report for a", duplicati("Dryrun: True")],
  ["files with errors", "Duplicati Backup report for a", duplicati("FilesWithError: 3")],
  ["warnings listed", "Duplicati Backup report for a", duplicati("Warnings: [\n  could not read x\n]")],
  ["errors listed", "Duplicati Backup report for a", duplicati("Warnings: []\nErrors: [\n  boom\n]")],
  ["an exception", "Duplicati Backup report for a", duplicati("Failed: boom")],
  ["an error in the subject alone", "Duplicati Backup (Error) report for a", duplicati("")],
  [
    "errors in JSON",
    "x",
    JSON.stringify({ Data: { ParsedResult: "Success", MainOperation: "Backup", Errors: ["x"] } }),
  ],
  ["errors in UrBackup's log", 'UrBackup: Full file backup of "c" - success', "2026-01-02 03:04:05(error): boom"],
  [
    "a daemon of Bareos that failed",
    "Bareos: Backup OK of a-fd Full",
    "FD termination status: Error\nTermination: Backup OK",
  ],
  ["a severity of QNAP that nobody knows", qnapSubject, qnap("Critical", 'Finished Backup job: "x".')],
  ["what somebody did to a job of QNAP", qnapSubject, qnap("Info", 'Successfully deleted job "x".')],
  ["a job of QNAP that was stopped", qnapSubject, qnap("Info", 'Stopped Backup job: "x". Completed files: 3')],
  ["a completion that nobody knows", alert, "Job completion status: Strange"],
  ["a final error", alert, "Final error: 0xe000fe30 - a\nV-79-57344-65072 - b"],
  [
    "exceptions over several lines",
    alert,
    "The job completed successfully.\nHowever, the following\nconditions were encountered:",
  ],
  ["an earlier backup of Reflect", "x", `${reflect}Previous backup completed successfully. Today's did not start.`],
  ["no success of Site Manager", "PC1: Site Manager Notification Email", "No Backup Successful since 3 days"],
  [
    "a status beside it",
    "PC1: Site Manager Notification Email",
    "Backup Successful\nStatus: Completed with 3 warnings",
  ],
  ["a script that was not done", "Notification - Retrospect", "* Errors: 0\n* Warnings: 0\nExecution incomplete."],
  [
    "a script that was stopped",
    "Notification - Retrospect",
    "* Errors: 0\n* Warnings: 0\nExecution stopped by operator",
  ],
  ["an earlier script", "Notification - Retrospect", "Last time completed successfully"],
  ["errors counted, warnings not", "A - Notification - Retrospect", "* Script: A\n* Errors: 0"],
  ["a word that every object has", sql, "STATUS: constructor\nMESSAGES: The job succeeded."],
  ["a doubt in brackets", `[The job succeeded?] ${sql}`, ""],
  [
    "a machine that failed",
    xen,
    "## Global status: Success\n\n## 1 Failure\n\n### vm\n- **UUID**: x\n- **Error**: boom",
  ],
  ["nothing of nothing", xen, "## Global status: Success\n- **Successes**: 0 / 0"],
  ["an icon that says otherwise", "[Xen Orchestra] success − Backup report for J 🚨", ""],
  ["a dump that failed before", cron, `pg_dump: error: connection to server failed\n${saved}`],
  ["a dump that was refused", cron, `mysqldump: Got error: 1045: Access denied\n${saved}`],
  ["an archive that failed", cron, `tar: Exiting with failure status due to previous errors\n${saved}`],
  ["a mount that failed", cron, `mount.nfs: No route to host\n${saved}`],
  ["a disk that fails", cron, `${saved}\n/var/x: Input/output error`],
  ["a line in capitals", cron, `${saved}\nBackup of db FAILED`],
  ["a file that changed", cron, "/home/x: file changed while we backed it up\nTime (end): Sun, 2026-10-05 03:00:02"],
  ["a full destination", "Hyper Backup: X", "Backup task X completed. Destination is full"],
  ["failures of phpbu", "job [OK]", "phpbu\nfailures: 3"],
  ["a headline that says otherwise", "BACKUP SUCCEEDED (group: A)(machine: PC)(plan: P)", "Backup failed\nPC\n"],
  ["an earlier failure", "log", "Acronis True Image\nThe task 'A' has failed.\nThe task 'B' has succeeded."],
  ["none of them", "log", "Acronis True Image\nNone of the tasks has succeeded."],
];

const html: [string, string, string][] = [
  ["a machine that failed", "[Success] Daily", veeam("Success", row("vm1", "Success"), row("vm2", "Failed"))],
  ["a machine with a warning", "[Success] Daily", veeam("Success", row("vm1", "Warning"))],
  ["a machine that waits", "[Success] Daily", veeam("Success", row("vm1", "Pending"))],
  ["a word that nobody knows", "[Success] Daily", veeam("Canceled")],
  ["some of the objects", "[Success] Daily", veeam("Success<br>1 of 3 objects processed")],
  [
    "a destination without a status",
    "Backup Report [OK] > u > s > d 2026-10-05-23-00-00",
    "<table><tr><td>Destination</td><td>A</td></tr><tr><td>Job Status</td><td>OK</td></tr><tr><td>Destination</td><td>B</td></tr></table>",
  ],
];

describe("a success that is contradicted is none", () => {
  test.each(plain)("by %s: %s", async (_, subject, body) => {
    expect(await statuses(subject, body)).toEqual([expect.not.stringMatching("success")]);
  });

  test.each(html)("by %s of a table: %s", async (_, subject, body) => {
    expect(await statuses(subject, body, "\r\n", "text/html")).toEqual([expect.not.stringMatching("success")]);
  });

  test.each([
    ["[Success] Daily", veeam("Success<br>2 of 2 objects processed", row("vm1", "Success")), "text/html"],
    ["vzdump backup status (a): backup successful", guests("100  a  ok  1m 2s  1 GiB  x"), "text/plain"],
    [
      "Duplicati Backup report for a",
      duplicati("PartialBackup: False\nDryrun: False\nWarnings: []\nErrors: []"),
      "text/plain",
    ],
    [qnapSubject, qnap("Info", 'Finished Backup job: "x".'), "text/plain"],
    [alert, '(Server: "S") (Job: "J") Completed Successfully.', "text/plain"],
    [xen, "## Global status: Success\n- **Successes**: 3 / 3", "text/plain"],
    [cron, saved, "text/plain"],
  ])("without, it is one: %s", async (subject, body, type) => {
    expect(await statuses(subject, body, "\r\n", type)).toEqual(["success"]);
  });
});

describe("a mail of which the end is missing", () => {
  const part = "--q\r\nContent-Type: text/plain\r\n\r\nBackup successful\r\n";
  test.each([
    ["in the middle of a line", "Backup SRV1", "Backup successful. Err", "", "text/plain"],
    ["before the last part has an end", "Backup SRV1", part, "", "multipart/mixed; boundary=q"],
    ["in a tag", "Backup SRV1", "<p>Backup successful</p><p", "\r\n", "text/html"],
    ["in a table", "Backup SRV1", "<table><tr><td>Backup successful</td></tr>", "\r\n", "text/html"],
    [
      "in the mail around it",
      "Fwd",
      "--q\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@b.example\r\nSubject: Backup SRV1\r\n\r\nBackup successful\r\n",
      "",
      "multipart/mixed; boundary=q",
    ],
    ["as it says itself", "Backup SRV1", "Backup successful\r\n[Message clipped]", "\r\n", "text/plain"],
  ])("%s is not believed", async (_, subject, body, end, type) => {
    expect(await statuses(subject, body, end, type)).toEqual(["unknown"]);
  });

  test.each([
    ["a whole line", "Backup SRV1", "Backup successful.", "\r\n", "text/plain"],
    ["the last part", "Backup SRV1", `${part}--q--`, "", "multipart/mixed; boundary=q"],
    ["a table", "Backup SRV1", "<table><tr><td>Backup successful</td></tr></table>", "\r\n", "text/html"],
    ["a subject that says all", "vzdump backup status (a): backup successful", "Deta", "", "text/plain"],
  ])("is believed with %s", async (_, subject, body, end, type) => {
    expect(await statuses(subject, body, end, type)).toEqual(["success"]);
  });

  test("says so", async () => {
    const raw = Buffer.from("From: x@y.example\r\nSubject: Backup SRV1\r\n\r\nBackup successful. Err");
    const { kind, runs } = await parseMail(raw, receivedAt);
    expect([kind, runs[0]?.message, runs[0]?.notes.at(-1)]).toEqual([
      "unknown",
      "The end of the mail is missing; it may have been cut off.",
      "The end of the mail is missing; it may have been cut off.",
    ]);
  });
});
