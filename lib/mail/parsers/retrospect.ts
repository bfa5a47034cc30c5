import type { RunStatus } from "../../statuses";
import { countSaid, edgesOf, firstGroup, said, timesOf, worstSaid } from "../parse/findings";
import { decimalOf, readDuration, readSize } from "../parse/numbers";
import { isWorkstationName } from "../parse/resources";
import { toRun } from "../parse/runs";
import { reading, type Said } from "../parse/said";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";
import type { Parser } from "./parser";
import { isRetrospectDigest, readRetrospectDigest } from "./retrospect-digest";
import { bullet, errorsWord, warningsWord } from "./retrospect-labels";

const counts = `\\d{1,9} (?:${errorsWord})(?:, \\d{1,9} (?:${warningsWord}))?|\\d{1,9} (?:${warningsWord})`;
const stops = "execution stopped by operator|exécution (?:interrompue|arrêtée) par l['’]opérateur";
const subjectShape = new RegExp(
  `^(?:(.{1,200}?)\\s+-\\s+)?((?:error )?notification|notification d['’]erreur|${counts}|${stops})\\s+-\\s+retrospect$`,
  "iu",
);
const errorLine = /^(?:.{0,200}[^\p{L}\n])?(?:error|erreur) -\d{1,6}\b.{0,300}$|^!.{0,300}$/imu;
const normal =
  /^[\s*•]{0,8}(?:script .{1,200}[:,.-]\s|exec.{1,30}\s|\d.{1,40}\s)?(normal execution|exécution normale|completed successfully|terminée? avec succès)(?!\p{L})/imu;
const stopped = new RegExp(
  `^.{0,200}(?:${stops}|exec(?:ution)? incomplete|exécution incomplète|timed out|remaining: [1-9]|restant(?:s|es)? : [1-9]).{0,200}$`,
  "imu",
);

/**
 * The mails of Retrospect in English and French: one per script, and the daily digest. Formats from real French mails and from
 * Retrospect's help (e-mail notifications). "10 erreurs" is read as a number, never as "0 erreurs".
 */
export const retrospect: Parser = {
  id: "retrospect",
  software: "Retrospect",
  recognisedBy: "Subject that ends in “- Retrospect” behind a notification or counts, or begins with “Retrospect :”.",
  languages: "English, French",
  basis: { tag: "SAMPLE", from: "real mails in French" },
  recognises: (view) => subjectShape.test(view.subject) || isRetrospectDigest(view),
  parse: (view) => (isRetrospectDigest(view) ? readRetrospectDigest(edgesOf(view)) : [parse(edgesOf(view))]),
};

function parse(view: MailView): ParsedRun {
  const subject = subjectShape.exec(view.subject);
  const host = bullet(view.text, "serveur|server");
  const status = verdictOf(view, subject?.[2] ?? "");
  const duration = reading(bullet(view.text, "durée|duration"), readDuration);
  const decimal = decimalOf(view.text);
  return toRun(
    {
      software: retrospect.software,
      jobName:
        bullet(view.text, "script") ?? said(subject?.[1], view.subject) ?? said("Retrospect", view.subject) ?? "",
      host,
      jobType: "backup",
      resourceType: isWorkstationName(host?.value ?? "") ? "Workstation" : "Server",
      status,
      message: status.value === "success" ? null : messageOf(view, status),
      ...timesOf(view, bullet(view.text, "date"), null, duration?.value ?? null),
      durationSeconds: duration,
      sizeBytes: reading(bullet(view.text, "completed|terminé"), (text) =>
        readSize(text.replace(/^.*?,\s+/, ""), decimal),
      ),
    },
    view,
  );
}

function verdictOf(view: MailView, outcome: string): Said<RunStatus> {
  const error = errorLine.exec(view.text)?.[0];
  const cut = stopped.exec(view.text)?.[0].trim();
  const warnings = countIn(outcome, warningsWord, view.subject) ?? numberOf(bullet(view.text, warningsWord));
  return worstSaid(
    [
      // The count of warnings follows that of errors, unless the mail was cut off between the two.
      said(warnings || normal.test(view.text) ? null : "unknown", view.subject),
      said(/error|d['’]erreur/i.test(outcome) && !/\d/.test(outcome) ? "failed" : null, view.subject),
      said(/operator|opérateur/i.test(outcome) ? "warning" : null, view.subject),
      countSaid(countIn(outcome, errorsWord, view.subject), "failed", "success"),
      countSaid(countIn(outcome, warningsWord, view.subject), "warning", null),
      countSaid(numberOf(bullet(view.text, errorsWord)), "failed", "success"),
      countSaid(numberOf(bullet(view.text, warningsWord)), "warning", null),
      said(error ? "failed" : null, error ?? ""),
      said(cut ? "warning" : null, cut ?? ""),
      reading(firstGroup(view.text, normal), () => "success"),
    ],
    view.subject,
  );
}

function countIn(text: string, word: string, from: string): Said<number> | null {
  const found = new RegExp(`(?<![\\d.,])(\\d{1,9}) (?:${word})`, "iu").exec(text)?.[1];
  return said(found === undefined ? null : Number(found), from);
}

function numberOf(stated: Said<string> | null): Said<number> | null {
  return reading(stated, (text) => (/^\d{1,9}$/.test(text) ? Number(text) : null));
}

function messageOf(view: MailView, status: Said<RunStatus>): Said<string> | string {
  const error = errorLine.exec(view.text)?.[0];
  if (error) return error.trim();
  if (status.value === "unknown") return { value: "The mail names no result.", from: status.from };
  return view.subject;
}
