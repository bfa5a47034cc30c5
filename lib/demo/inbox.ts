import "server-only";
import type { Tx } from "../db";
import { mails } from "../db/schema/mails";
import { mailOf } from "./last-night";
import { message } from "./mails/message";
import type { Random } from "./random";
import { storedMail } from "./stored-mails";
import type { Outcome, SampleJob } from "./types";

const HOUR = 3_600_000;

/** Stores mails that belong to no job yet: of new jobs, information, and some that nobody understands; and a few deleted ones. */
export async function insertInbox(tx: Tx, random: Random, jobs: readonly SampleJob[], now: Date): Promise<void> {
  const ago = (hours: number) => new Date(Math.floor(now.getTime() / 1000) * 1000 - hours * HOUR);
  const waiting = [...ofNewJobs(jobs, ago), ...ofOthers(ago)];
  const deleted = unwanted(ago);
  const rows = await Promise.all(
    [...waiting, ...deleted].map(async ({ raw, at }, index) => {
      const { row } = await storedMail(random, raw, at);
      const gone = index >= waiting.length;
      return { ...row, deletedAt: gone ? new Date(at.getTime() + 9 * HOUR) : null, deletedBy: gone ? "oto" : null };
    }),
  );
  await tx.insert(mails).values(rows);
}

type Ago = (hours: number) => Date;
type Sent = { raw: Uint8Array; at: Date };

/** Results of machines that the desk has only just been asked to look after. */
function ofNewJobs(jobs: readonly SampleJob[], ago: Ago): Sent[] {
  const newcomers: [SampleJob["product"], string, string[], Outcome["status"], number][] = [
    ["veeam", "Nightly", ["ORCHRD-DC01", "ORCHRD-FILE01"], "success", 33],
    ["veeam", "Nightly", ["ORCHRD-DC01", "ORCHRD-FILE01"], "warning", 9],
    ["agent", "Backup Job ORCHRD-RECEPTION-PC1", ["ORCHRD-RECEPTION-PC1"], "success", 7],
    ["vzdump", "vzdump pve1.orchard-vets.example", ["mail (100)", "files (101)"], "failed", 8],
    ["duplicati", "X-ray archive", [], "success", 6],
    ["agent", "Backup Job ORCHRD-LAPTOP-PC3", ["ORCHRD-LAPTOP-PC3"], "failed", 5],
  ];
  return newcomers.map(([product, name, objects, status, hours]) => {
    const model = jobs.find((job) => job.product === product);
    if (!model) throw new Error(`No sample job of ${product}.`);
    const host = product === "vzdump" ? name.replace("vzdump ", "") : (objects[0] ?? "");
    const job = {
      ...model,
      name,
      host,
      objects,
      jobType: product === "vzdump" ? "vzdump" : "backup",
      sender: "backup@orchard-vets.example",
    };
    const said = {
      success: null,
      unknown: null,
      warning: "Backup repository is low on free disk space: 6 % left.",
      failed: "The target is not reachable.",
    }[status];
    const endedAt = ago(hours);
    const durationSeconds = 1204;
    const outcome: Outcome = {
      job,
      status,
      message: said,
      startedAt: new Date(endedAt.getTime() - durationSeconds * 1000),
      endedAt,
      durationSeconds,
      sizeBytes: 212 * 2 ** 30,
      transferredBytes: 9 * 2 ** 30,
      objects: objects.map((object, index) => ({
        name: object,
        status: index ? "success" : status,
        message: index ? null : said,
        sizeBytes: 106 * 2 ** 30,
        durationSeconds: 602,
      })),
    };
    return { raw: mailOf[product](outcome), at: new Date(endedAt.getTime() + 20_000) };
  });
}

function ofOthers(ago: Ago): Sent[] {
  return [
    text(
      ago(4),
      "diskstation@zephyr-bicycle.example",
      '[NAS-ZEPHYR] Backup task "Workshop" completed successfully',
      "Your backup task Workshop on NAS-ZEPHYR has completed successfully.\n\nStart time: 02:00\nDuration: 41 minutes\nTotal size: 84.2 GB",
    ),
    text(
      ago(5),
      "cron@underhill-archives.example",
      "Cron <root@vault> /usr/local/bin/backup.sh",
      "rsync error: some files could not be transferred (code 23) at main.c(1338)\nbackup of /srv/archive FAILED",
    ),
    text(
      ago(11),
      "sicherung@kowalski-carpentry.example",
      'Sicherung "Büro-PC" mit Warnungen abgeschlossen',
      "Die Sicherung wurde mit Warnungen abgeschlossen.\n3 Dateien konnten nicht gelesen werden.",
    ),
    text(
      ago(12),
      "it@fairhaven-hotel.example",
      "Re: last night's backup",
      "Hello,\n\ncould you have a look whether the backup of the booking server ran? Housekeeping had a power cut.\n\nThanks, Mirela",
    ),
    text(
      ago(14),
      "veeam@castellan-legal.example",
      "Veeam Backup & Replication: test e-mail message",
      "This is a test e-mail message.",
    ),
    text(
      ago(16),
      "root@redwood-timber.example",
      "New software packages available (pve2)",
      "The following updates are available:\n\nPackage Name    Installed    Available\npve-kernel      6.8.12-4     6.8.12-8",
    ),
    text(
      ago(18),
      "news@storage-weekly.example",
      "Five ideas for your storage strategy",
      "Flash, tape or cloud? Our editors compare.\n\nUnsubscribe at any time.",
    ),
    text(
      ago(20),
      "monitor@vale-water.example",
      "Pump station 4: backup generator",
      "The monthly run of the backup generator is due.",
    ),
    { raw: new TextEncoder().encode("\u0001\u0002 this file was cut off before it became a message"), at: ago(21) },
  ];
}

function unwanted(ago: Ago): Sent[] {
  return [
    text(ago(40), "noreply@parcels.example", "Your parcel is on its way", "It will arrive on Monday."),
    text(ago(64), "news@storage-weekly.example", "What auditors ask about backups", "A list of ten questions."),
    text(ago(90), "postmaster@desk.example", "Undeliverable: report", "The message could not be delivered."),
    text(
      ago(200),
      "veeam@highfield-care.example",
      "Veeam Backup & Replication: test e-mail message",
      "This is a test e-mail message.",
    ),
  ];
}

const text = (at: Date, from: string, subject: string, body: string): Sent => ({
  raw: message({ from, subject, sentAt: at, text: body }),
  at: new Date(at.getTime() + 5000),
});
