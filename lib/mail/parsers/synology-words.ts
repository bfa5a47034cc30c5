import type { RunStatus } from "../../statuses";
import type { Said } from "../parse/said";
import { classify } from "../parse/statuses";

/** Ends of a task that are a success, in the four languages whose words are known; a negation before them is found by classify. */
const success =
  /\b(?:success(?:ful(?:ly)?)?|succeeded|(?:has been|was|is now) (?:successfully )?completed?|is now complete|completed successfully|finished successfully)\b|erfolgreich|\babgeschlossen\b|terminée? avec succès|\bréussie?\b|completat[oa] con successo|\briuscit[oa]\b/iu;
const failed: readonly RegExp[] = [
  /\bcancell?ed\b/i,
  /\babgebrochen\b|\bfehlgeschlagen\b/i,
  /\bannulée?\b|\ba échoué\b/iu,
  /\bannullat[oa]\b|\bnon riuscit[oa]\b/i,
];
const warning: readonly RegExp[] = [
  /\bsuspended\b|\bpartial(?:ly)?\b/i,
  /\bangehalten\b|\bteilweise\b/i,
  /\bsuspendue?\b|\bpartielle(?:ment)?\b/i,
  /\bsospes[oa]\b|\bparzial(?:e|mente)\b/i,
];
const noneFailed = /^[^\n:]{0,40}(?:fail|error|fehl|échec|erreur|warn)[^\n:]{0,40}:\s{0,5}0\s*$/gimu;
const read = 20_000;

/** What a notification says: failed before warning before success, and a success only by known words; else "unknown". */
export function verdictOf(subject: string, text: string): Said<RunStatus> {
  // "Failed devices: 0" tells of no failure.
  const body = text.slice(0, read).replace(noneFailed, "");
  const generic = classify(subject, body);
  const bad = lineWith(failed, subject, body);
  if (generic.status === "failed" || bad) return { value: "failed", from: bad ?? generic.text };
  const doubtful = lineWith(warning, subject, body);
  if (generic.status === "warning" || doubtful) return { value: "warning", from: doubtful ?? generic.text };
  const known = generic.status === "success" ? lineWith([success], subject, body) : null;
  return known ? { value: "success", from: known } : { value: "unknown", from: subject };
}

function lineWith(patterns: readonly RegExp[], ...texts: string[]): string | null {
  const lines = texts.flatMap((text) => text.split("\n"));
  return lines.find((line) => patterns.some((pattern) => pattern.test(line.slice(0, 1000))))?.trim() ?? null;
}
