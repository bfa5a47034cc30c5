import { readFileSync } from "node:fs";
import { eq } from "drizzle-orm";
import { db } from "@/lib/db";
import { jobs, resourceTypes } from "@/lib/db/schema/desk";
import { mails } from "@/lib/db/schema/mails";
import { runs } from "@/lib/db/schema/runs";
import { fileNow } from "@/lib/filing/start";
import { storeMail } from "@/lib/mails/store";

const machine = { id: null, name: "nightly", role: "Intake key", address: "192.0.2.9" };

/** @returns a message such as Proxmox VE sends, e.g. one whose backup worked. */
export function vzdumpMail(
  change: { id?: string; from?: string; host?: string; status?: string; date?: string } = {},
): Buffer {
  const { id = crypto.randomUUID(), from = "root@pve1.acme.example", host = "pve1.acme.example" } = change;
  const { status = "backup successful", date = "Sat, 21 Nov 2026 01:03:00 +0000" } = change;
  const lines = [
    `From: vzdump backup tool <${from}>`,
    "To: backup@desk.example",
    `Date: ${date}`,
    `Message-ID: <${id}@acme.example>`,
    `Subject: vzdump backup status (${host}): ${status}`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "",
    "Details",
    "=======",
    "VMID    Name    Status    Time     Size           Filename",
    `100     web     ${status === "backup successful" ? "ok" : "err"}        2m 41s   128.001 GiB    vm/100/${id}`,
    "",
    "Total running time: 3m",
    "Total size: 128.001 GiB",
  ];
  return Buffer.from(`${lines.join("\r\n")}\r\n`);
}

/** @returns a message of which nobody can say what it means. */
export const strangeMail = (subject = "Hello there", id = crypto.randomUUID()): Buffer =>
  Buffer.from(
    `From: anna@acme.example\r\nSubject: ${subject}\r\nMessage-ID: <${id}@acme.example>\r\n\r\nSee you on Monday.\r\n`,
  );

/** @returns a message of tests/samples, e.g. "veeam/success-us". */
export const sampleMail = (name: string): Buffer => readFileSync(`tests/samples/${name}.eml`);

/** Brings a message as a machine would. @returns its id, when it was read and filed. */
export async function deliver(raw: Buffer): Promise<string> {
  const { id } = await storeMail({ raw, source: "intake", broughtBy: machine.name, actor: machine });
  await fileNow();
  return id;
}

export async function mailOf(id: string) {
  const [mail] = await db().select().from(mails).where(eq(mails.id, id));
  if (!mail) throw new Error("There is no such mail.");
  return mail;
}

export const runsOf = (jobId: string) => db().select().from(runs).where(eq(runs.jobId, jobId)).orderBy(runs.createdAt);

export async function jobNamed(name: string) {
  const [job] = await db().select().from(jobs).where(eq(jobs.name, name));
  if (!job) throw new Error(`There is no job ${name}.`);
  return job;
}

export async function typeId(name = "Server"): Promise<string> {
  const [type] = await db().select().from(resourceTypes).where(eq(resourceTypes.name, name));
  if (!type) throw new Error(`There is no resource type ${name}.`);
  return type.id;
}
