import { describe, expect, test } from "vitest";
import { stripPrefixes, unwrapForward } from "@/lib/mail/parse/forwards";
import { readHead } from "@/lib/mail/parse/head";
import type { MailView } from "@/lib/mail/parse/view";

const view = (subject: string, text: string): MailView => ({
  subject,
  text,
  htmlText: "",
  rows: [],
  fromAddress: "karl@outer.example",
  fromName: "Karl",
  headers: new Map(),
  attachments: [],
  shown: { subject, text },
  when: { received: 0, sent: 0, sentOffsetMinutes: 0, forwarded: false, future: false },
});
const block = (from: string, date: string, to: string, subject: string) =>
  `Hello\n\n${from}: Veeam <veeam@inner.example>\n${date}: yesterday\n${to}: x@y.example\n${subject}: [Failed] Job\n\nBody of it`;

describe("forwarded mails", () => {
  test.each(["Fwd: X", "FW: X", "WG: AW: X", "TR : X", "RV: Re: Fwd: X", "Doorst: X", "I: R: X", "Re[2]: X", "Odp: X"])(
    "%s loses its prefixes",
    (subject) => {
      expect(stripPrefixes(subject)).toBe("X");
    },
  );
  test.each(["Restore: X", "Report for X", "Backup: X"])("%s has none", (subject) =>
    expect(stripPrefixes(subject)).toBe(subject),
  );

  test.each([
    ["From", "Sent", "To", "Subject"],
    ["From", "Date", "To", "Subject"],
    ["Von", "Gesendet", "An", "Betreff"],
    ["De", "Envoyé", "À", "Objet"],
    ["Da", "Inviato", "A", "Oggetto"],
    ["Van", "Verzonden", "Aan", "Onderwerp"],
    ["De", "Enviado", "Para", "Asunto"],
    ["От", "Дата", "Кому", "Тема"],
    ["*From", "*Sent", "*To", "*Subject"],
  ])("with the labels %s, %s, %s, %s", (from, date, to, subject) => {
    const inner = unwrapForward(view("WG: [Failed] Job", block(from, date, to, subject)));
    expect(inner).toMatchObject({ subject: "[Failed] Job", fromAddress: "veeam@inner.example", text: "Body of it" });
    expect(inner.when.forwarded).toBe(true);
  });

  test.each([
    ["Subject", "Date", "From", "To"],
    ["Betreff", "Datum", "Von", "An"],
    ["Objet", "Date", "De", "À"],
  ])("as Thunderbird orders them: %s, %s, %s, %s", (subject, date, from, to) => {
    const text = `Hello\n\n-------- Forwarded Message --------\n${subject}: [Failed] Job\n${date}: yesterday\n${from}: Veeam <veeam@inner.example>\n${to}: x@y.example\n\nBody of it`;
    expect(unwrapForward(view("Fwd: [Failed] Job", text))).toMatchObject({
      subject: "[Failed] Job",
      fromAddress: "veeam@inner.example",
      text: "Body of it",
    });
  });

  test("as Apple Mail orders them", () => {
    const text =
      "Begin forwarded message:\n\nFrom: Veeam <veeam@inner.example>\nSubject: [Failed] Job\nDate: 5 October 2026 at 21:00:00 CEST\nTo: x@y.example\n\nBody of it";
    expect(unwrapForward(view("Fwd: [Failed] Job", text))).toMatchObject({
      subject: "[Failed] Job",
      text: "Body of it",
    });
  });

  test("a report with a line for its subject is none", () => {
    const text = "Subject: nightly\nDate: 2026-10-05\nResult: failed\nFrom: cellar";
    expect(unwrapForward(view("Job", text))).toMatchObject({ subject: "Job", text });
  });

  test("two deep, quoted", () => {
    const deep = block("From", "Date", "To", "Subject").replace(
      "Body of it",
      block("From", "Date", "To", "Subject").replace("[Failed] Job", "Inner job"),
    );
    const quoted = deep
      .split("\n")
      .map((line) => `> ${line}`)
      .join("\n");
    expect(unwrapForward(view("Fwd: Fwd: x", quoted))).toMatchObject({ subject: "Inner job", text: "Body of it" });
  });

  test("a mail that only speaks of From and Subject is left as it is", () => {
    const text = "From: the server room\nto the cellar. Subject: nothing";
    expect(unwrapForward(view("Job", text))).toMatchObject({ subject: "Job", fromAddress: "karl@outer.example", text });
  });
});

describe("the head of a mail", () => {
  const head = (text: string | Buffer) => readHead(Buffer.isBuffer(text) ? text : Buffer.from(text));
  test("words split inside a character, in odd character sets, with quotes and comments", () => {
    expect(head("Subject: =?utf-8?B?w?= =?utf-8?B?w6k=?=\r\n\r\n").subject).toContain("é");
    expect(head("Subject: =?utf-8?Q?T=C3?=\r\n =?utf-8?Q?=A4glich?= x\r\n\r\n").subject).toBe("Täglich x");
    expect(head("Subject: =?windows-1252?Q?=80_=96?=\r\n\r\n").subject).toBe("€ –");
    expect(head("Subject: =?utf-16le?B?VABlAHMAdAA=?=\r\n\r\n").subject).toBe("Test");
    expect(head("Subject: =?gb2312?B?sbi33Q==?=\r\n\r\n").subject).toBe("备份");
    expect(head("Subject: =?no-such-charset?Q?abc?=\r\n\r\n").subject).toBe("abc");
    expect(head(Buffer.from("Subject: T\xe4glich \x80\r\n\r\n", "latin1")).subject).toBe("Täglich €");
    expect(head(Buffer.from("Subject: Täglich\r\n\r\n", "utf8")).subject).toBe("Täglich");
  });
  test.each([
    ["a@b.example", "a@b.example", ""],
    ['"Doe, John" <J@B.example>', "j@b.example", "Doe, John"],
    ["root@h.example (Cron Daemon)", "root@h.example", "Cron Daemon"],
    ["(Bareos) <x@y.example>", "x@y.example", "Bareos"],
    ['"<evil@x.example>" <real@y.example>, other@z.example', "real@y.example", "<evil@x.example>"],
    ["A ((nested) <evil@x.example>) <real@y.example>", "real@y.example", "A ((nested) <evil@x.example>)"],
    ["undisclosed", "", "undisclosed"],
  ])("From: %s", (value, address, name) => {
    expect(head(`From: ${value}\r\n\r\n`)).toMatchObject({ fromAddress: address, fromName: name });
  });
  test("no head at all", () => expect(head("\u0089PNG\r\n\r\n").looksLikeMail).toBe(false));
});
