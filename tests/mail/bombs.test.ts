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

// Work of this process and its threads, not time by the clock: other tests run beside this one. A quadratic step takes minutes.
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

describe("a mail made to do harm", () => {
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

  test("many at once are all read, good ones beside bad ones", async () => {
    const mails = Array.from({ length: 60 }, (_, i) =>
      i % 3 ? `${head}\r\nBackup failed: disk ${i}` : part("", 5000),
    );
    const results = await Promise.all(mails.map((mail) => readMail(Buffer.from(mail), receivedAt)));
    expect(results.filter((result) => result.kind === "unreadable")).toHaveLength(20);
    expect(results.filter((result) => result.runs[0]?.status === "failed")).toHaveLength(40);
  });
});
