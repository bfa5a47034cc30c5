import { describe, expect, test } from "vitest";
import { stripPrefixes } from "@/lib/mail/parse/forwards";
import { parseMail } from "@/lib/mail/parse/parse";
import { allSamples, readSample } from "../support/samples";

type Forward = { prefix: string; head: (from: string, subject: string) => string; quoted?: true };

const outlook = (prefix: string, from: string, sent: string, to: string, subject: string): Forward => ({
  prefix,
  head: (sender, named) =>
    `${from}: ${sender}\n${sent}: 5.10.2026 22:03\n${to}: b@desk.example\n${subject}: ${named}\n`,
});

/** How programs write the head of a mail that is forwarded inline, by their language. */
const forwards: Record<string, Forward> = {
  "Gmail in English": {
    prefix: "Fwd",
    head: (from, subject) =>
      `look\n\n---------- Forwarded message ---------\nFrom: ${from}\nDate: Mon, 5 Oct 2026 at 22:00\nSubject: ${subject}\nTo: <b@desk.example>\n`,
  },
  "Gmail in Russian": {
    prefix: "Fwd",
    head: (from, subject) =>
      `---------- Forwarded message ---------\nОт: ${from}\nDate: пн, 5 окт. 2026 г. в 20:03\nSubject: ${subject}\nTo: <b@desk.example>\n`,
  },
  "Thunderbird in German": {
    prefix: "Fwd",
    head: (from, subject) =>
      `-------- Weitergeleitete Nachricht --------\nBetreff: \t${subject}\nDatum: \tMon, 5 Oct 2026 22:03:55 +0200\nVon: \t${from}\nAn: \tb@desk.example\n`,
  },
  "Apple Mail in English": {
    prefix: "Fwd",
    head: (from, subject) =>
      `Begin forwarded message:\n\nFrom: ${from}\nSubject: ${subject}\nDate: 5 October 2026 at 22:03:55 CEST\nTo: b@desk.example\n`,
  },
  "English, quoted": { ...outlook("Fwd", "From", "Sent", "To", "Subject"), quoted: true },
  German: outlook("WG", "Von", "Gesendet", "An", "Betreff"),
  French: outlook("TR ", "De ", "Envoyé ", "À ", "Objet "),
  Italian: outlook("I", "Da", "Inviato", "A", "Oggetto"),
  Dutch: outlook("FW", "Van", "Verzonden", "Aan", "Onderwerp"),
  Spanish: outlook("RV", "De", "Enviado el", "Para", "Asunto"),
  Portuguese: outlook("ENC", "De", "Enviada em", "Para", "Assunto"),
  Polish: outlook("PD", "Od", "Wysłano", "Do", "Temat"),
  Swedish: outlook("VB", "Från", "Skickat", "Till", "Ämne"),
  Danish: outlook("VS", "Fra", "Sendt", "Til", "Emne"),
  Czech: outlook("FW", "Od", "Odesláno", "Komu", "Předmět"),
  Hungarian: outlook("TOV", "Feladó", "Elküldve", "Címzett", "Tárgy"),
  Finnish: outlook("VL", "Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"),
  Turkish: outlook("İLT", "Kimden", "Gönderme Tarihi", "Kime", "Konu"),
  Japanese: outlook("FW", "差出人", "送信日時", "宛先", "件名"),
};
const dialects = Object.entries(forwards);

// What a forward as plain text has lost: the tables, and fields of the head.
const plain = allSamples.filter(
  ({ raw, name }) => !/content-type: *(?:text\/html|multipart)/i.test(raw.toString("latin1")) && !/webhook/.test(name),
);
const turns = plain.map((sample, i) => ({ sample, dialect: dialects[i % dialects.length] ?? dialects[0] }));
const tables = allSamples.filter(({ raw }) => /content-type: *text\/html/i.test(raw.toString("latin1")));

async function forwarded(sample: (typeof allSamples)[number], { prefix, head, quoted }: Forward) {
  const mail = await readSample(sample);
  const text = `${head(`"X" <${mail.fromAddress || "a@b.example"}>`, mail.subject)}\n${mail.text}`;
  const body = quoted ? text.replace(/^/gm, "> ") : text;
  const subject = Buffer.from(`${prefix}: ${mail.subject}`).toString("base64");
  const raw = `From: helper@desk.example\r\nDate: Tue, 06 Oct 2026 08:00:00 +0200\r\nSubject: =?utf-8?B?${subject}?=\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${body}\r\n`;
  return { mail, copy: await parseMail(Buffer.from(raw), sample.receivedAt) };
}

const results = ({ runs }: Awaited<ReturnType<typeof parseMail>>) => runs.map((run) => [run.status, run.matchKey]);

describe("a mail that somebody forwards as plain text", () => {
  test.each(turns)("$sample.name is of the same job, with the same result", async ({ sample, dialect }) => {
    const { mail, copy } = await forwarded(sample, dialect?.[1] ?? outlook("FW", "From", "Sent", "To", "Subject"));
    if (mail.runs.length > 0) expect([dialect?.[0], results(copy)]).toEqual([dialect?.[0], results(mail)]);
  });

  test.each(tables)("$name does not turn good where its tables are lost", async (sample) => {
    const { mail, copy } = await forwarded(sample, outlook("WG", "Von", "Gesendet", "An", "Betreff"));
    const good = ({ runs }: typeof mail) => runs.filter(({ status }) => status === "success").length;
    expect(good(copy)).toBeLessThanOrEqual(good(mail));
  });

  test.each(dialects)("%s: the prefix is no part of the subject", (_, { prefix }) => {
    expect(stripPrefixes(`${prefix}: Fwd: Backup`)).toBe("Backup");
  });
});
