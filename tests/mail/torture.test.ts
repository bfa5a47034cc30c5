import { describe, expect, test } from "vitest";
import { parseMail } from "@/lib/mail/parse/parse";
import { tortureMails } from "../support/torture";

const mails = tortureMails() ?? [];
const receivedAt = "2026-10-05T20:00:00Z";
/** The first words of the mail's own Subject, where it is plain. */
const subjectOf = (raw: Buffer) =>
  /^Subject: ([\w ]{3,20})/m.exec(raw.toString("latin1").split(/\r?\n\r?\n/)[0] ?? "")?.[1];

/** Whether its body has a line of words. */
const hasWords = (raw: Buffer) =>
  /^(?!--).*[a-z]{2}/im.test(
    raw
      .toString("latin1")
      .split(/\r?\n\r?\n/)
      .slice(1)
      .join("\n"),
  );

describe.runIf(mails.length > 0)("the mails that Python tests its reader with", () => {
  test("are all there", () => expect(mails.length).toBeGreaterThan(45));

  test.each(mails)("$name is read, and never a success", async ({ raw }) => {
    const mail = await parseMail(raw, receivedAt);
    expect(["run", "digest", "info", "unknown", "unreadable"]).toContain(mail.kind);
    expect(mail.error ?? "").not.toMatch(/could not be taken apart/);
    expect(mail.runs.filter(({ status }) => status === "success")).toEqual([]);
    expect(mail.subject).toContain(subjectOf(raw) ?? "");
    const shown = mail.text.length + (mail.html ?? "").length + mail.attachments.length;
    if (hasWords(raw) && mail.error === null) expect(shown).toBeGreaterThan(0);
  });
});
