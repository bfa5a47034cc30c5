import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readMail } from "@/lib/mail/read";
import { workerPool } from "@/lib/workers";

const receivedAt = "2026-10-05T20:00:00Z";
const head = "From: a@b.example\r\nSubject: Backup cellar\r\nDate: Mon, 5 Oct 2026 20:00:00 +0000\r\n";
const html = `${head}Content-Type: text/html\r\n\r\n`;
const nested = (count: number, one: (i: number) => string) =>
  `${head}${Array.from({ length: count }, (_, i) => one(i)).join("")}\r\nend`;
const part = (headers: string, count: number) =>
  `${head}Content-Type: multipart/mixed; boundary=q\r\n\r\n${`--q\r\n${headers}\r\n\r\nx\r\n`.repeat(count)}--q--`;

// Work of this process and its threads, not time by the clock: other tests run beside this one. They slow it down all the same, so that a
// mail has three tries; a quadratic step takes minutes in each.
function secondsSince(started: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1_000_000;
}

const rejected: Record<string, string> = {
  "100,000 addresses": `${head}To: ${"someone@x.example, ".repeat(100_000)}\r\n\r\nhi`,
  "60,000 open comments in an address": `${head}To: ${"(".repeat(70_000)}\r\n\r\nhi`,
  "addresses in many parts": part(`To: ${"a@b,".repeat(15_000)}`, 150),
  "100,000 headers": `${head}${"X-Y: z\r\n".repeat(100_000)}\r\nhi`,
  "2,000 headers": `${head}${"X-Y: z\r\n".repeat(2000)}\r\nhi`,
  "a header of 2 MB": `${head}X-Y: ${"z".repeat(2_000_000)}\r\n\r\nhi`,
  "300,000 parts": part("", 300_000),
  "20,000 nested multiparts": nested(20_000, (i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`),
  "2,000 nested messages": nested(2000, () => "Content-Type: message/rfc822\r\n\r\n"),
  "a boundary in pieces": `${head}Content-Type: multipart/mixed; boundary*0=a; boundary*1=b\r\n\r\n--ab\r\n\r\n`,
  "24 million empty lines": `${head}\r\n${"\n".repeat(24_000_000)}`,
  "26 MB": `${head}\r\n${"x".repeat(26 * 1024 * 1024)}`,
  nothing: "",
};

const read: Record<string, string> = {
  "a line of 1 MB": `${head}\r\n${"x".repeat(1_000_000)}`,
  "a line of 1 MB of words": `${head}\r\n${"warning ".repeat(125_000)}`,
  "a line of 1 MB of negations": `${head}\r\n${"0 errors not ".repeat(77_000)}`,
  "1 MB of spaces": `${head}\r\n${" ".repeat(1_000_000)}x`,
  "1 MB of digits": `${head}\r\n${"1.1,".repeat(250_000)}`,
  "600,000 combining marks": `${head}\r\na${"\u0300\u0316".repeat(300_000)}`,
  "100,000 nested divs": html + "<div>".repeat(100_000),
  "100,000 nested divs that hide their depth in quotes": html + '<div a="</div>">'.repeat(100_000),
  "60,000 nested divs that hide their depth in comments": html + "<div><!--</div>-->".repeat(60_000),
  "100,000 cells that never end": html + "<li><tr>".repeat(100_000),
  "1 MB of open angles": html + "<".repeat(1_000_000),
  "500,000 open tags": html + "<a b='".repeat(500_000),
  "a style of 1 MB": `${html}<p style="${"a:b;".repeat(250_000)}">x</p>`,
  "200,000 attributes": `${html}<p ${"a=1 ".repeat(200_000)}>x</p>`,
  "a table of 20,000 rows": `${html}<table>${`<tr>${"<td>1,0 GB</td>".repeat(9)}</tr>`.repeat(20_000)}</table>`,
  "an inline forward repeated 30,000 times": `${head}\r\n${"From: a\r\nDate: b\r\nSubject: c\r\n".repeat(30_000)}`,
  "a subject of 200 KB": `${head.replace("cellar", "5 of 3 not and with ".repeat(9000))}\r\nhi`,
};

// A subject that opens the way into each parser, with what its parser works through.
const rows = (cells: string) => `<table>${`<tr>${cells}</tr>`.repeat(15_000)}</table>`;
const known: Record<string, [subject: string, type: string, body: string]> = {
  "a Veeam report of 15,000 machines": [
    "[Failed] Daily (15000 objects)",
    "text/html",
    `<table><tr><td>Backup job: Daily</td><td>Failed</td></tr><tr><td>Start time</td><td>1:00:00</td></tr><tr><td>Name</td><td>Status</td><td>Details</td></tr></table>${rows("<td>srv</td><td>Failed</td><td>x y z</td>")}`,
  ],
  "a Veeam table whose rows do not stand in the shown text": [
    "[Failed] Daily (15000 objects)",
    "text/html",
    `<table><tr><td>Backup job: Daily</td><td>Failed</td></tr><tr><td>Start time</td><td>1:00:00</td></tr><tr><td>Name</td><td>Status</td><td>Details</td></tr>${"<tr><td>srv<table><tr><td>q</td></tr></table></td><td>Failed</td><td>x > > y</td></tr>".repeat(8000)}</table>`,
  ],
  "an Acronis digest of 30,000 alerts": [
    "DAILY STATUS REPORT ON May 19, 2026 (group: x) (Error: 30000)",
    "text/plain",
    "Error\nBackup failed\nMay 19, 2026, 1:00:00 AM\nReason\nDevice: a\nPlan name: b\n".repeat(30_000),
  ],
  "an Acronis subject of parentheses": [`BACKUP FAILED ${"(a: ".repeat(20_000)}(plan: x)`, "text/plain", "x"],
  "an Ahsay report of 20,000 destinations": [
    "Backup Report [OK] > a > b > 2026-09-17-23-00-00",
    "text/html",
    rows(
      "<td>Destination</td><td>d</td><td>Job Status</td><td>17/09/2026 23:10:22 CEST - 17/09/2026 23:12:00 CEST</td>",
    ),
  ],
  "half an Ahsay range, again and again": [
    "Backup Report [OK] > a > b > 2026-09-17-23-00-00",
    "text/plain",
    "17/09/2026 23:10:22 CEST  - ".repeat(30_000),
  ],
  "a Backup Exec subject of quotes": [
    `Backup Exec Alert: Job Failed (Server: "${'") (Job: "'.repeat(5000)}`,
    "text/plain",
    "x",
  ],
  "a QNAP message of quotes": [
    "[Error][Hybrid Backup Sync] Notification from your device: n",
    "text/plain",
    `App Name: Hybrid Backup Sync\nSeverity: Error\nMessage: ${"\"'“«[".repeat(150_000)}`,
  ],
  "a verification of 100,000 snapshots": [
    "Verify Datastore 'x' failed",
    "text/plain",
    `Verification failed on these snapshots/groups:\n\n${"  vm/100/2026-10-05T20:00:03Z\n".repeat(100_000)}`,
  ],
  "a vzdump table of 100,000 guests": [
    "vzdump backup status (pve1): backup failed",
    "text/plain",
    `VMID Name Status Time Size Filename\n${"100  web  ok  2m 41s  128.001 GiB  vm/100/x\n".repeat(100_000)}`,
  ],
  "a Duplicati JSON of 4 MB": [
    "Duplicati Backup report for x",
    "text/plain",
    JSON.stringify({
      Data: { ParsedResult: "Error", MainOperation: "Backup", Errors: Array(40_000).fill("x".repeat(80)) },
    }),
  ],
  "JSON nested 500,000 deep": ["Duplicati Backup report for x", "text/plain", '{"Data":'.repeat(500_000)],
};

describe("a mail made to do harm", { retry: 2 }, () => {
  beforeAll(() => readMail(Buffer.from(`${head}\r\nwarm up`), receivedAt));
  afterAll(() => workerPool("parse.worker", { maxThreads: 2, maxQueue: 2 }).destroy());

  test.each(Object.entries(rejected))("%s: is kept as unreadable, in words, at once", async (_, mail) => {
    const started = process.cpuUsage();
    const result = await readMail(Buffer.from(mail), receivedAt);
    expect(result.kind).toBe("unreadable");
    expect(result.error).toMatch(/^(The|This) .{5,100}\.$/);
    expect(result.error).not.toMatch(/10 seconds|memory|fail/);
    expect(secondsSince(started)).toBeLessThan(3);
  });

  test.each(Object.entries(read))("%s: is read all the same", async (_, mail) => {
    const started = process.cpuUsage();
    const result = await readMail(Buffer.from(mail), receivedAt);
    expect(result.error).toBeNull();
    expect(result.kind).not.toBe("unreadable");
    expect(result.text.length).toBeLessThanOrEqual(200_000);
    expect(secondsSince(started)).toBeLessThan(3);
  });

  test.each(Object.entries(known))("%s: is read in time", async (_, [subject, type, body]) => {
    const started = process.cpuUsage();
    const mail = `${head.replace("Backup cellar", subject)}Content-Type: ${type}\r\n\r\n${body}`;
    const result = await readMail(Buffer.from(mail), receivedAt);
    expect(result.error).toBeNull();
    expect(JSON.stringify(result.runs).length).toBeLessThan(8_000_000);
    expect(secondsSince(started)).toBeLessThan(3);
  });

  test("an unreadable mail still says who sent it and what about", async () => {
    const result = await readMail(Buffer.from(part("", 300_000)), receivedAt);
    expect(result).toMatchObject({
      fromAddress: "a@b.example",
      subject: "Backup cellar",
      sentAt: "2026-10-05T20:00:00.000Z",
      runs: [],
      html: null,
    });
  });

  test("a bomb inside an attached, encoded mail does not go off", async () => {
    const attached = Buffer.from(part("", 300_000)).toString("base64").replace(/.{76}/g, "$&\r\n");
    const body = `--o\r\n\r\nsee attachment\r\n--o\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n${attached}\r\n--o--`;
    const started = process.cpuUsage();
    const result = await readMail(
      Buffer.from(`${head}Content-Type: multipart/mixed; boundary=o\r\n\r\n${body}`),
      receivedAt,
    );
    expect(result).toMatchObject({ kind: "unknown", text: "see attachment", error: null });
    expect(secondsSince(started)).toBeLessThan(3);
  });

  test("archives that would unpack to gigabytes are named, and never unpacked", async () => {
    const zeros = gzipSync(Buffer.alloc(48 * 1024 * 1024));
    const zip = Buffer.concat([Buffer.from("PK\x03\x04"), zeros]);
    const files = [gzipSync(zeros), zeros, zip].map(
      (file, at) =>
        `--o\r\nContent-Type: application/octet-stream; name=logs-${at}.gz\r\nContent-Transfer-Encoding: base64\r\n\r\n${file.toString("base64").replace(/.{76}/g, "$&\r\n")}\r\n`,
    );
    const raw = `${head}Content-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\n\r\nsee the logs\r\n${files.join("")}--o--`;
    const started = process.cpuUsage();
    const result = await readMail(Buffer.from(raw), receivedAt);
    expect(result).toMatchObject({ kind: "unknown", text: "see the logs", error: null });
    expect(result.attachments.map(({ name }) => name)).toEqual(["logs-0.gz", "logs-1.gz", "logs-2.gz"]);
    for (const { sizeBytes } of result.attachments) expect(sizeBytes).toBeLessThan(100_000);
    expect(secondsSince(started)).toBeLessThan(3);
  });

  test("many at once are all read, good ones beside bad ones", async () => {
    const mails = Array.from({ length: 60 }, (_, i) =>
      i % 3 ? `${head}\r\nBackup failed: disk ${i}` : part("", 5000),
    );
    const results = await Promise.all(mails.map((mail) => readMail(Buffer.from(mail), receivedAt)));
    expect(results.filter((result) => result.kind === "unreadable")).toHaveLength(20);
    expect(results.filter((result) => result.runs[0]?.status === "failed")).toHaveLength(40);
  });
});
