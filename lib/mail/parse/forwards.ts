import { readAddress } from "./addresses";
import { limits } from "./limits";
import type { MailView } from "./view";

const prefix =
  /^\s*(?:re|fwd?|wg|aw|tr|rv|i|r|doorst|antw|vs|vb|vl|sv|enc|rif|res|odp|pd|[iİ]lt|ynt|tov|πρθ|转发|轉寄|回复|転送|전달)\s{0,3}(?:\[\d{1,3}\])?\s{0,3}[:：]\s*/iu;
const labels = {
  from: words(
    "from von de da van от від från fra od mittente expéditeur afsender lähettäjä kimden feladó 差出人 发件人 寄件者 보낸사람",
  ),
  date: words(
    "date sent gesendet datum envoyé inviato data verzonden enviado fecha дата отправлено skickat sendt wysłano odesláno elküldve lähetetty gönderildi tarih 送信日時 日付 发送时间 日期 보낸날짜 enviado_el enviado_em enviada_em gönderme_tarihi data_wysłania",
  ),
  to: words(
    "to an à a aan para кому до till til do komu címzett vastaanottaja kime 宛先 收件人 收件者 받는사람 cc kopie copie kopia kopi kopio cópia bcc reply-to",
  ),
  subject: words(
    "subject betreff objet oggetto onderwerp asunto assunto тема ämne emne temat předmět predmet tárgy konu aihe 件名 主题 主旨 제목",
  ),
};
const searchedLines = 300;
const blockLines = 12;

type Block = { from: string; subject: string; bodyAt: number };

/** "Fwd: AW: [Success] Job" as "[Success] Job": the prefixes of replies and forwards, in many languages, repeated or not. */
export function stripPrefixes(subject: string): string {
  let rest = subject.trim();
  for (let i = 0; i < 10 && prefix.test(rest); i++) rest = rest.replace(prefix, "");
  return rest;
}

/** The mail inside an inline forward (Gmail, Outlook, Thunderbird, localised labels), also several deep; else the mail itself. */
export function unwrapForward(view: MailView): MailView {
  let inner = { ...view, subject: stripPrefixes(view.subject) };
  for (let i = 0; i < limits.forwards; i++) {
    const block = findBlock(inner.text) ?? findBlock(inner.htmlText);
    if (!block) break;
    inner = unwrapOnce(inner, block);
  }
  return inner;
}

function unwrapOnce(view: MailView, block: Block): MailView {
  const from = readAddress(Buffer.from(block.from, "utf8").toString("latin1"));
  return {
    ...view,
    subject: stripPrefixes(block.subject) || view.subject,
    fromAddress: from.address || view.fromAddress,
    fromName: from.name || view.fromName,
    text: afterBlock(view.text),
    htmlText: afterBlock(view.htmlText),
    when: { ...view.when, forwarded: true },
  };
}

function afterBlock(text: string): string {
  const block = findBlock(text);
  return block ? unquote(text.split("\n").slice(block.bodyAt)).join("\n").trim() : text;
}

function unquote(lines: string[]): string[] {
  const quoted = lines.every((line) => line.trim() === "" || line.startsWith(">"));
  return quoted ? lines.map((line) => line.replace(/^> ?/, "")) : lines;
}

function findBlock(text: string): Block | null {
  const lines = text.split("\n", searchedLines).map(labelled);
  for (const [at, line] of lines.entries()) {
    const block = line && (blockFrom(lines, at) ?? thunderbirdBlock(lines, at));
    if (block) return block;
  }
  return null;
}

// From first, then the others in any order, with lines between that a long list of recipients may take.
function blockFrom(lines: (Labelled | null)[], at: number): Block | null {
  const line = lines[at];
  if (!line || !labels.from.has(line.label)) return null;
  const end = Math.min(at + blockLines, lines.length);
  const subjectAt = lines.findIndex(
    (other, i) => i > at && i < end && other !== null && labels.subject.has(other.label),
  );
  const hasDate = lines.slice(at, end).some((other) => other !== null && labels.date.has(other.label));
  if (subjectAt < 0 || !hasDate) return null;
  return { from: line.value, subject: lines[subjectAt]?.value ?? "", bodyAt: blockEnd(lines, at, subjectAt) };
}

// Thunderbird begins with the subject: Subject, Date, From, To without a gap.
function thunderbirdBlock(lines: (Labelled | null)[], at: number): Block | null {
  const line = lines[at];
  if (!line || !labels.subject.has(line.label)) return null;
  const near = lines.slice(at + 1, at + 3).filter((other) => other !== null);
  const from = near.find(({ label }) => labels.from.has(label));
  const hasDate = near.some(({ label }) => labels.date.has(label));
  return from && hasDate ? { from: from.value, subject: line.value, bodyAt: blockEnd(lines, at, at + 2) } : null;
}

function blockEnd(lines: (Labelled | null)[], at: number, subjectAt: number): number {
  let end = subjectAt + 1;
  while (end < at + blockLines && isHeader(lines[end])) end++;
  return end;
}

function isHeader(line: Labelled | null | undefined): boolean {
  return Boolean(line && Object.values(labels).some((known) => known.has(line.label)));
}

type Labelled = { label: string; value: string };

function labelled(line: string): Labelled | null {
  const match = /^[\s>]{0,20}\*?([\p{L}-]{1,15}(?: [\p{L}-]{1,12})?)\s{0,2}\*?[:：]\*?\s*(.*)$/u.exec(
    line.slice(0, 1000),
  );
  return match ? { label: (match[1] ?? "").toLowerCase(), value: (match[2] ?? "").trim() } : null;
}

function words(list: string): Set<string> {
  return new Set(list.split(" ").map((word) => word.replaceAll("_", " ")));
}
