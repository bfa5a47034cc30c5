import type { RunStatus } from "../../statuses";
import { doubtWord, isAssertion, isCondition, isFooter, outOf } from "./doubts";
import { statusWord } from "./vocabulary";

export type Verdict = { status: RunStatus; text: string };

const readChars = 200_000;
const rank: Record<RunStatus, number> = { unknown: 0, success: 1, warning: 2, missed: 3, failed: 4 };

const zeroBefore = new RegExp(`(?<![\\d.,:])0+(?:\\s?${outOf}\\s?\\d{1,9})?\\s+(?:[\\p{L}-]{1,20}\\s+){0,2}$`, "u");
const zeroAfter =
  /^(?:\s+(?:count|files?|folders?|objects?|messages?|devices?|machines?|computers?|clients?|items?|jobs?|tasks?|vms?))?\s*[:=(]?\s*0+(?!\d|[.,:]\d|x)/iu;
// Only right before the word: in "not enough space, error" the error stands.
const noneBefore =
  /(?:^|[^\p{L}])(?:(?<none>no|without|zero|keine[nr]?|ohne|aucune?|sans|pas d['’]|nessun[oa]?|senza|geen|zonder|sin|ning[uú]n[oa]?|sem|nenhum[a]?|ing[ae]n?|utan|uden|bez|brak|без|нет|ilman|fără)|any|not|nicht|non|niet)\s*['’]?(?:(?:fatal|critical|new|further|other|weiteren?)\s+)?$/iu;
const notBefore =
  /(?:^|[^\p{L}])(?:not|never|no|none|nobody|neither|without|cannot|(?:is|was|are|were|has|have|had|do|does|did|could|would)n['’]t|nicht|kein(?:e[nrm]?)?|ohne|non|pas|sans|niet|geen|zonder|senza|nessun[oa]?|sin|nunca)\s+(?:[\p{L}’']{1,20}\s+){0,3}$/iu;
const disclaimer = /(?:received|sent|addressed|erhalten|reçu|ricevuto|recibido)[^.\n]{0,80}\s(?:in|par|per|por)\s+$/iu;

/**
 * The worst verdict of texts: failed before warning before success; "unknown" when nothing was said, and for a success beside words that
 * make it doubtful, which are then the text.
 */
export function classify(...texts: string[]): Verdict {
  const verdict = worst(texts.map(verdictOf));
  const doubt = verdict.status === "success" ? texts.map(doubtIn).find((line) => line !== null) : null;
  return doubt ? { status: "unknown", text: doubt } : verdict;
}

/** The worst of verdicts; "unknown" of none. */
export function worst(all: Verdict[]): Verdict {
  return all.reduce((a, b) => (rank[b.status] > rank[a.status] ? b : a), { status: "unknown", text: "" });
}

function verdictOf(whole: string): Verdict {
  const text = whole.slice(0, readChars);
  let found: { status: RunStatus; at: number } = { status: "unknown", at: 0 };
  for (const match of text.matchAll(statusWord)) {
    const status = statusOf(match, text);
    if (rank[status] > rank[found.status]) found = { status, at: match.index };
    if (status === "failed") break;
  }
  return { status: found.status, text: found.status === "unknown" ? "" : lineAround(text, found.at) };
}

/** The line with the first word that makes a success doubtful; null when there is none. */
function doubtIn(whole: string): string | null {
  const text = whole.slice(0, readChars);
  for (const match of text.matchAll(doubtWord)) {
    const end = match.index + match[0].length;
    const before = text.slice(Math.max(0, match.index - 120), match.index);
    const none = zeroBefore.test(before) || zeroAfter.test(text.slice(end, end + 40)) || noneBefore.test(before);
    if (!none && !isCondition(before) && !isFooter(text, match.index)) return lineAround(text, match.index);
  }
  return null;
}

function statusOf(match: RegExpExecArray, text: string): RunStatus {
  const groups = match.groups ?? {};
  if (groups.failedSymbol) return "failed";
  if (groups.warningSymbol) return "warning";
  if (groups.successSymbol) return "success";
  const end = match.index + match[0].length;
  const before = text.slice(Math.max(0, match.index - 120), match.index);
  const nothing = zeroBefore.test(before) || zeroAfter.test(text.slice(end, end + 40));
  if (groups.success) return nothing ? "unknown" : successOf(match[0], before, text.slice(end, end + 120));
  if (groups.warning) return nothing || noneBefore.test(before) ? "unknown" : "warning";
  return failureOf(match[0], before, nothing);
}

function successOf(word: string, before: string, after: string): RunStatus {
  if (/retry\s+$/i.test(before) && word.toLowerCase() === "ok") return "warning";
  if (!isAssertion(before, after)) return "unknown";
  const negated = notBefore.exec(before);
  // "No errors, completed": the negation belongs to the errors.
  return negated && !/error|erreur|fehler|fail|warn|probl|issue|fout/i.test(negated[0]) ? "failed" : "success";
}

function failureOf(word: string, before: string, nothing: boolean): RunStatus {
  const denied = noneBefore.exec(before);
  const none = nothing || denied?.groups?.none;
  // "No errors" says that it went well; "any errors" and "0 failed" say nothing.
  if (none && /^(?:error|fehler|erreur|fout)/i.test(word)) return "success";
  return none || denied || disclaimer.test(before) ? "unknown" : "failed";
}

function lineAround(text: string, at: number): string {
  const start = text.lastIndexOf("\n", at) + 1;
  const end = text.indexOf("\n", at);
  const from = Math.max(start, at - 150);
  return text.slice(from, Math.min(end < 0 ? text.length : end, at + 150)).trim();
}
