import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseMail } from "@/lib/mail/parse/parse";
import type { ReadMail } from "@/lib/mail/parse/types";
import { type Sample, samplesOf } from "../support/samples";

const groups = "urbackup bacula macrium retrospect cobian sql-agent xen-orchestra cron synology small-tools".split(" ");
const samples = groups.flatMap(samplesOf);
const receivedAt = "2026-10-05T20:24:10Z";

const greens = ({ runs }: ReadMail) => runs.filter(({ status }) => status === "success").length;
const cut = async ({ raw, receivedAt }: Sample, end: number) =>
  greens(await parseMail(raw.subarray(0, end), receivedAt));

/** Only the end of these tells that the good news before it is not all: cut off there, nobody can know. */
const toldLate = new Set([
  "cobian/two-tasks",
  "cobian/reflector-is-not-reflect",
  "retrospect/french-digest-counts",
  "xen-orchestra/success-but-not-all",
  "cron/rsync-vanished",
  "cron/restic-warning",
  "cron/borg-warning",
  "sql-agent/pager-and-body-disagree",
  "urbackup/success-with-an-error",
  "urbackup/warning-counts",
  "synology/active-backup-some-devices-failed",
  "small-tools/raspibackup-success-with-warning",
  "small-tools/backwpup-success-with-error-line",
]);

describe("a mail that breaks off", () => {
  test.each(samples)("$name can be read up to anywhere, and never turns good", async (sample) => {
    const whole = await parseMail(sample.raw, sample.receivedAt);
    const allowed = greens(whole);
    const head = sample.raw.indexOf("\n\n");
    const mayTurn = toldLate.has(sample.name) || (whole.runs.length === 1 && allowed === 1);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: sample.raw.length }), async (end) => {
        const good = await cut(sample, end);
        // A line of the head comes whole or not at all; a subject that ends in "succes" is nobody's.
        if (!mayTurn && end > head) expect(good).toBeLessThanOrEqual(allowed);
      }),
      { numRuns: 12 },
    );
  });

  const failed = samples.filter(({ name, expected }) => {
    const runs = (expected.runs ?? []) as { status?: string }[];
    return !toldLate.has(name) && runs.length === 1 && runs[0]?.status === "failed";
  });
  test.each(failed)("$name is no success after any of its lines", async (sample) => {
    for (let end = sample.raw.indexOf("\n"); end >= 0; end = sample.raw.indexOf("\n", end + 1))
      expect(await cut(sample, end + 1)).toBe(0);
  });
});

describe("words within a known product", () => {
  const read = async (subject: string, body: string) => {
    const head = `From: x@y.example\r\nDate: Mon, 05 Oct 2026 22:23:55 +0200\r\nContent-Type: text/plain; charset=utf-8\r\n`;
    const encoded = `=?utf-8?B?${Buffer.from(subject).toString("base64")}?=`;
    return parseMail(Buffer.from(`${head}Subject: ${encoded}\r\n\r\n${body}`), receivedAt);
  };

  test.each([
    ["urbackup", 'UrBackup: Full file backup of "a" - flourished', ""],
    ["bacula", "Bareos: Backup Flourished of a-fd Full", "  Job: a.2026-10-05_22.00.00_01\n  Termination: Backup OK\n"],
    ["macrium", "A Macrium Reflect - Backup Flourished", "Success :)\n"],
    [
      "sql-agent",
      "SQL Server Job System: 'A' completed on \\\\B",
      "STATUS: Flourished\nMESSAGES: The job succeeded.\n",
    ],
    ["xen-orchestra", "[Xen Orchestra] flourished − Backup report for A", "## Global status: success\n"],
    ["cron", "Cron <root@a> /root/backup.sh", "Flourished, all successful.\n"],
    ["synology", "Hyper Backup on NAS flourished", "Backup Task: A\n"],
    ["small-tools", "[FLOURISHED] BackWPup log 05-Oct-2026 22:00: A", ""],
  ])("that nobody knows are no success: %s", async (parser, subject, body) => {
    const { runs, parser: id } = await read(subject, body);
    expect([id, runs.map(({ status }) => status)]).toEqual([parser, ["unknown"]]);
  });

  test.each([
    ["snapshot 9f8e7d6c saved\nFatal: unable to remove the lock", "failed"],
    ["snapshot 9f8e7d6c saved\nrsync error: error in rsync protocol data stream (code 12)", "failed"],
    ["snapshot 9f8e7d6c saved\n/root/after.sh: line 3: mailx: command not found", "warning"],
    ["snapshot 9f8e7d6c saved\nfinished, Errors 0", "success"],
    ["Errors 0", "success"],
    ["Errors 10", "failed"],
    ["no snapshot was saved", "unknown"],
  ])("of tools count wherever they stand in the output of cron: %s", async (output, status) => {
    const { runs } = await read("Cron <root@a> /root/backup.sh", `${output}\n`);
    expect(runs.map((run) => run.status)).toEqual([status]);
  });

  test("an output that is too long to be read whole is no success", async () => {
    const { runs } = await read("Cron <root@a> /root/backup.sh", `snapshot 9f8e7d6c saved\n${"x\n".repeat(200_001)}`);
    expect(runs.map((run) => run.status)).toEqual(["unknown"]);
  });
});

describe("a mail made to keep a parser busy", () => {
  const long = 4_000_000;
  const letter = (subject: string, line: string) =>
    Buffer.from(
      `From: x@y.example\r\nSubject: ${subject}\r\nContent-Type: text/plain\r\n\r\n${line.repeat(Math.ceil(long / line.length))}`,
    );

  test.each([
    ["urbackup", 'UrBackup: Full file backup of "a"', "2026-10-05 22:00:04(error): a\n"],
    ["bacula", "Bareos: Backup OK of a-fd Full", "Error: Error: Error: "],
    ["bacula", "Bareos: Backup OK of a-fd Full", "05-Oct Error: a\n"],
    ["macrium", "A Macrium Reflect - Backup Failure", "was skipped "],
    ["macrium", "A: Site Manager Notification Email", "Backup Failed\n"],
    ["retrospect", "A - 2 errors - Retrospect", "* Script"],
    ["retrospect", "A - 2 errors - Retrospect", "error -\n"],
    ["cobian", "a", '** Backup done for the task "a". Errors: 1. \n'],
    ["cobian", "This is an automatic mail message from Cobian Backup", "*** Backup finished. Errors: 0 ***\n"],
    ["sql-agent", "SQL Server Job System: 'A' completed on B", "JOB RUN: 'a' was run on "],
    ["xen-orchestra", "[Xen Orchestra][Failure] Backup report for A", "### a\n- **UUID**: a\n- **Error**: b\n"],
    ["cron", "Cron <root@a> restic", "rsync: rsnapshot a\n"],
    ["synology", "Hyper Backup on a", "backup task a "],
    ["small-tools", "Hyper-V Backup Utility Log 1/1 VMs Successful", "[ERROR] (VM:a) b\n"],
    ["small-tools", "[ERROR] BackWPup log 05-Oct-2026 22:00: A", "x ERROR:"],
    ["small-tools", "TrueNAS a: Alerts", "New alerts:          "],
  ])("%s is done within two seconds: %s", async (_parser, subject, line) => {
    const raw = letter(subject, line);
    const started = process.cpuUsage();
    const { kind } = await parseMail(raw, receivedAt);
    const { user, system } = process.cpuUsage(started);
    expect(kind).not.toBe("unreadable");
    expect((user + system) / 1000).toBeLessThan(2000);
  });
});
