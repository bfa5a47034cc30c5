import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { POST as postDuplicati } from "@/app/api/intake/duplicati/route";
import { GET, POST as postProxmox } from "@/app/api/intake/proxmox/route";
import { db } from "@/lib/db";
import { intakeKeys } from "@/lib/db/schema/intake-keys";
import { mails } from "@/lib/db/schema/mails";
import { fileNow } from "@/lib/filing/start";
import { createIntakeKey } from "@/lib/intake-keys/actions";
import { readHead } from "@/lib/mail/parse/head";
import type { ParsedRun } from "@/lib/mail/parse/types";
import { type Person, person, request, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { mailOf, vzdumpMail } from "./support/mails";

let ada: Person;
let key = "";
beforeAll(async () => {
  await openTestDatabase();
  request.reset();
  ada = await person("ada", "Admin");
  const { data } = await submit(ada, createIntakeKey, { name: "Rack 4" });
  key = (data as { key: string }).key;
});
afterAll(closeTestDatabase);

const none = { params: Promise.resolve({}) };
const bearer = () => ({ authorization: `Bearer ${key}` });

function post(door: typeof postProxmox, body: BodyInit, heads: Record<string, string>, query = ""): Promise<Response> {
  return door(new Request(`http://localhost/api/intake/x${query}`, { method: "POST", body, headers: heads }), none);
}
const proxmox = (notification: object, heads = bearer()) =>
  post(postProxmox, JSON.stringify(notification), { "content-type": "application/json", ...heads });
const duplicati = (message: string) => post(postDuplicati, new URLSearchParams({ message }), {}, `?key=${key}`);

async function taken(answer: Response) {
  expect(answer.status, await answer.clone().text()).toBe(202);
  const { id } = (await answer.json()) as { id: string };
  await fileNow();
  const mail = await mailOf(id);
  return {
    ...mail,
    id,
    runs: mail.parsed as ParsedRun[],
    source: mail.source,
    source_: Buffer.from(mail.raw).toString("utf8"),
  };
}

const vzdumpText = vzdumpMail({ id: "one" }).toString("utf8").split("\r\n\r\n").slice(1).join("\n\n");
const backup = {
  title: "vzdump backup status (pve1.acme.example): backup successful",
  message: vzdumpText,
  severity: "info",
  timestamp: 1795222980,
  fields: { type: "vzdump", hostname: "pve1", "job-id": "backup-1a2b" },
};

test("a notification of Proxmox VE becomes the mail that would have been sent, and is read as one", async () => {
  const mail = await taken(await proxmox(backup));
  const [stored] = await db().select().from(intakeKeys).where(eq(intakeKeys.name, "Rack 4"));
  expect(mail).toMatchObject({
    source: "webhook",
    broughtBy: "Rack 4",
    channelId: stored?.id,
    senderCheck: "passed",
    kind: "run",
  });
  expect(mail).toMatchObject({ subject: backup.title, fromAddress: "root@pve1", fromName: "vzdump backup tool" });
  expect(mail.sentAt).toEqual(new Date(1795222980_000));
  expect(mail.source_).toContain("\r\nX-Proxmox-Job-Id: backup-1a2b\r\n");
  expect(mail.runs).toMatchObject([{ software: "Proxmox VE", status: "success" }]);
});

test("the same notification again is the same mail; another moment is another", async () => {
  const [first, again, later] = [
    await taken(await proxmox(backup)),
    await taken(await proxmox(backup)),
    await taken(await proxmox({ ...backup, timestamp: backup.timestamp + 86_400 })),
  ];
  expect(again.id).toBe(first.id);
  expect(later.id).not.toBe(first.id);
  const { timestamp: _, ...timeless } = backup;
  expect((await taken(await proxmox(timeless))).id).not.toBe((await taken(await proxmox(timeless))).id);
});

test("lines in a title, a host or a job become no heads, and other letters arrive", async () => {
  const evil = "x\r\nBcc: eve@evil.example\r\n\r\nbody\u2028y";
  const fields = { type: "vzdump", hostname: "h>\r\nX-A: 1", "job-id": "j\r\nX-B: 2" };
  const mail = await taken(
    await proxmox({ ...backup, title: `Sicherung für Köln 🚨 ${evil}`, severity: evil, fields }),
  );
  const head = mail.source_.slice(0, mail.source_.indexOf("\r\n\r\n"));
  expect(head.split(/\r\n(?! )/).map((line) => line.split(":")[0])).toEqual([
    "From",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "X-Proxmox-Job-Id",
    "X-Proxmox-Severity",
  ]);
  expect(mail.subject).toBe("Sicherung für Köln 🚨 x Bcc: eve@evil.example body y");
  expect(readHead(Buffer.from(mail.raw)).fromAddress).toBe("root@h-x-a-1");
});

test("a machine that does not say who it is is known by its key", async () => {
  const mail = await taken(await proxmox({ title: "Test notification", message: "hello" }));
  expect(mail).toMatchObject({ fromAddress: "root@rack-4.webhook.invalid", fromName: "Proxmox" });
});

test("a report of Duplicati as a form, its key in the address", async () => {
  const result = [
    "DeletedFiles: 0",
    "ExaminedFiles: 10",
    "SizeOfExaminedFiles: 2048",
    "MainOperation: Backup",
    "ParsedResult: Warning",
    "EndTime: 2/16/2026 10:23:51 PM (1771280631)",
    "BeginTime: 2/16/2026 10:20:00 PM (1771280400)",
    "Warnings: [",
    "    one file was locked",
    "]",
    "Errors: []",
  ].join("\r\n");
  const mail = await taken(await duplicati(`Duplicati Backup report for photos (m-1, b-2, SRV-DEST)\r\n\r\n${result}`));
  expect(mail).toMatchObject({
    subject: "Duplicati Backup report for photos",
    fromAddress: "duplicati@srv-dest",
    source: "webhook",
  });
  expect(mail.runs).toMatchObject([
    { software: "Duplicati", jobName: "photos", status: "warning", message: "one file was locked" },
  ]);
  const again = await taken(
    await duplicati(`Duplicati Backup report for photos (m-1, b-2, SRV-DEST)\r\n\r\n${result}`),
  );
  expect(again.id).toBe(mail.id);
});

test("a report without a heading is a report all the same, of the key", async () => {
  const mail = await taken(await duplicati("ParsedResult: Error\nMainOperation: Backup\nErrors: [\n  disk full\n]"));
  expect(mail).toMatchObject({ subject: "Duplicati report", fromAddress: "duplicati@rack-4.webhook.invalid" });
  expect(mail.runs).toMatchObject([{ status: "failed" }]);
});

test("a report of Duplicati as JSON", async () => {
  const json = {
    Data: {
      ExaminedFiles: 3,
      SizeOfExaminedFiles: 4096,
      MainOperation: "Backup",
      ParsedResult: "Success",
      BeginTime: "2026-11-20T22:00:00Z",
      EndTime: "2026-11-20T22:05:00Z",
      Warnings: [],
      Errors: [],
    },
    Extra: { OperationName: "Backup", "backup-name": "documents", "machine-name": "nas-2" },
    LogLines: [],
    Exception: null,
  };
  const answer = await post(postDuplicati, JSON.stringify(json), {
    "content-type": "application/json; charset=utf-8",
    ...bearer(),
  });
  const mail = await taken(answer);
  expect(mail).toMatchObject({ subject: "Duplicati Backup report for documents", fromAddress: "duplicati@nas-2" });
  expect(mail.runs).toMatchObject([{ jobName: "documents", status: "success", startedAt: "2026-11-20T22:00:00.000Z" }]);
});

test.each([
  ["no JSON", postProxmox, "{", "application/json", 400, "The message is not a JSON object."],
  ["a list", postProxmox, "[]", "application/json", 400, "The message is not a JSON object."],
  [
    "no title",
    postProxmox,
    '{"message":"x"}',
    "application/json",
    400,
    "The message needs at least title and message, as text.",
  ],
  ["nothing", postProxmox, "", "application/json", 400, "The message is empty."],
  [
    "a form for Proxmox",
    postProxmox,
    "a=b",
    "application/x-www-form-urlencoded",
    415,
    "Send it as application/json or text/plain.",
  ],
  [
    "an empty form",
    postDuplicati,
    "a=b",
    "application/x-www-form-urlencoded",
    400,
    "The message needs a field “message” with the report.",
  ],
  ["another JSON", postDuplicati, "{}", "application/json", 400, "The message is not a report of Duplicati."],
  [
    "a mail for Duplicati",
    postDuplicati,
    "From: a",
    "message/rfc822",
    415,
    "Send it as application/x-www-form-urlencoded or application/json.",
  ],
])("%s is refused in one sentence", async (_name, door, body, type, status, sentence) => {
  const before = await db().$count(mails);
  const answer = await post(door, body, { "content-type": type, ...bearer() });
  expect([answer.status, await answer.json()]).toEqual([status, { error: sentence }]);
  expect(await db().$count(mails)).toBe(before);
});

test("a wrong key, one in the address too, and any other method", async () => {
  expect((await proxmox(backup, { authorization: "Bearer bck_wrong" })).status).toBe(401);
  expect((await post(postDuplicati, new URLSearchParams({ message: "x" }), {}, "?key=bck_wrong")).status).toBe(401);
  expect((await post(postDuplicati, new URLSearchParams({ message: "x" }), {})).status).toBe(401);
  expect((await GET(new Request("http://localhost/x"), none)).status).toBe(405);
});

test("what is too large is refused", async () => {
  const large = JSON.stringify({ title: "x", message: "a".repeat(26 * 1024 * 1024) });
  expect((await post(postProxmox, large, { "content-type": "application/json", ...bearer() })).status).toBe(413);
});
