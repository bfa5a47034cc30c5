import { describe, expect, test } from "vitest";
import { parseMail } from "@/lib/mail/parse/parse";

const receivedAt = "2026-10-05T20:00:00Z";

function mail(fields: Record<string, string>, body: string): Buffer {
  const all = {
    From: "a@b.example",
    Date: "Mon, 5 Oct 2026 19:59:00 +0000",
    "Content-Type": "text/plain; charset=utf-8",
    ...fields,
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${head.join("")}\r\n${body}`);
}

const veeamReport = (job: string) =>
  `<table><tr><td>Backup job: ${job}</td><td>Success</td></tr><tr><td>Monday, 5 October 2026 19:00:00</td></tr><tr><td><b>Start time</b></td><td>19:00:00</td></tr><tr><td><b>Duration</b></td><td>0:58:00</td></tr><tr><td>Veeam Backup &amp; Replication 13.1.0.411</td></tr></table>`;

describe("the identity of a job", () => {
  const key = async (from: string, job: string) =>
    (
      await parseMail(
        mail({ From: from, Subject: `[Success] ${job} (1 objects)`, "Content-Type": "text/html" }, veeamReport(job)),
        receivedAt,
      )
    ).runs[0]?.matchKey;

  test("is the same for every mail of the job", async () => {
    expect(await key("Veeam <backup@one.example>", "Daily VMs")).toBe(await key("BACKUP@one.example", "Daily  VMs"));
  });
  test("keeps two customers apart whose jobs have the same name", async () => {
    expect(await key("backup@one.example", "Daily VMs")).not.toBe(await key("backup@two.example", "Daily VMs"));
  });
});

describe("a mail that cannot be trusted", () => {
  test("dated in the future is read, and says so", async () => {
    const { runs } = await parseMail(
      mail({ Subject: "Backup x failed", Date: "Mon, 5 Oct 2026 22:00:00 +0000" }, "failed"),
      receivedAt,
    );
    expect(runs[0]?.notes).toContain("The mail is dated in the future.");
  });

  test("leaves nothing behind that a database refuses: no NUL, no half of a character", async () => {
    const odd = `x${"😀".repeat(900)}`;
    const fields = {
      Subject: `Backup ${odd} failed`,
      From: `${odd} <a\0@b.example>`,
      "Message-ID": "<a\0b>",
      "Content-Type": "text/html",
    };
    const stored = JSON.stringify(await parseMail(mail(fields, `<p>\0error ${odd.repeat(200)}</p>`), receivedAt));
    expect(stored).toContain("😀");
    expect(stored).not.toMatch(/\\u0000|\\ud[89a-f]|\0/);
  });

  test("without a Date header is dated by nothing but its arrival", async () => {
    const result = await parseMail(mail({ Subject: "Backup x failed", Date: "whenever" }, "failed"), receivedAt);
    expect(result).toMatchObject({ kind: "run", sentAt: null });
  });

  test("loses direction marks and line breaks of its subject and sender", async () => {
    const subject = `=?utf-8?B?${Buffer.from("Backup \u202egnp.exe\u202c\r\nBcc: x failed").toString("base64")}?=`;
    const result = await parseMail(
      mail({ Subject: subject, From: "=?utf-8?Q?A=E2=80=AEB=0D=0AC?= <a@b.example>" }, "x"),
      receivedAt,
    );
    expect(result.subject).toBe("Backup gnp.exe Bcc: x failed");
    expect(result.fromName).toBe("AB C");
  });

  test("an undeliverable report with a success attached is no success", async () => {
    const inner = "From: a@b.example\r\nSubject: Backup x OK\r\n\r\nBackup OK";
    const body = `--q\r\nContent-Type: text/plain\r\n\r\nCould not be delivered.\r\n--q\r\nContent-Type: message/rfc822\r\n\r\n${inner}\r\n--q--`;
    const fields = { Subject: "Unzustellbar: Backup x OK", "Content-Type": 'multipart/report; boundary="q"' };
    const result = await parseMail(mail(fields, body), receivedAt);
    expect(result.runs).toEqual([]);
    expect(result.kind).toBe("info");
  });

  test("a Veeam mail whose subject and body disagree counts as the worse of both", async () => {
    const result = await parseMail(
      mail({ Subject: "[Failed] Daily VMs (1 objects)", "Content-Type": "text/html" }, veeamReport("Daily VMs")),
      receivedAt,
    );
    expect(result.runs[0]?.status).toBe("failed");
  });

  test("a subject alone that imitates Veeam is not taken for Veeam", async () => {
    const result = await parseMail(mail({ Subject: "[Success] Daily VMs (3 objects)" }, "trust me"), receivedAt);
    expect(result.parser).toBe("generic");
    expect(result.kind).not.toBe("run");
  });
});

describe("what a mail brings along", () => {
  test("attachments are listed by name, type and size; pictures of the HTML are not", async () => {
    const body = [
      "--q\r\nContent-Type: text/html\r\n\r\n<p>Backup failed <img src='cid:logo'></p>",
      "--q\r\nContent-Type: image/png\r\nContent-ID: <logo>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=",
      "--q\r\nContent-Type: application/pdf; name=report.pdf\r\nContent-Disposition: attachment; filename=report.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nQUJD",
      "--q--",
    ].join("\r\n");
    const result = await parseMail(
      mail({ Subject: "Backup x", "Content-Type": "multipart/related; boundary=q" }, body),
      receivedAt,
    );
    expect(result.attachments).toEqual([{ name: "report.pdf", contentType: "application/pdf", sizeBytes: 3 }]);
    expect(result.html).toContain("data:image/png;base64,iVBORw0KGgo=");
    expect(result.text).toBe("Backup failed");
  });

  test("a text part that only asks for another reader gives way to the HTML", async () => {
    const body = `--q\r\nContent-Type: text/plain\r\n\r\nUse HTML.\r\n--q\r\nContent-Type: text/html\r\n\r\n<p>Backup failed: ${"disk ".repeat(50)}</p>\r\n--q--`;
    const result = await parseMail(
      mail({ Subject: "Backup x", "Content-Type": "multipart/alternative; boundary=q" }, body),
      receivedAt,
    );
    expect(result.text).toContain("Backup failed: disk");
    expect(result.runs[0]?.status).toBe("failed");
  });
});
