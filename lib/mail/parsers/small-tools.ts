import type { MailView } from "../parse/view";
import type { Parser, Reading } from "./parser";
import { isCrashPlan, readCrashPlan } from "./small-tools-crashplan";
import { isHyperV, readHyperV } from "./small-tools-hyper-v";
import { readSubject } from "./small-tools-read";
import { subjectTools } from "./small-tools-subjects";

/** A tool with little to be known: a shape, and how to read it. */
type Tool = { recognises(view: MailView): boolean; parse(view: MailView): Reading };

const tools: readonly Tool[] = [
  ...subjectTools.map((tool) => ({
    recognises: (view: MailView) => tool.subject.test(view.subject) && (!tool.also || tool.also.test(marksOf(view))),
    parse: (view: MailView) => [readSubject(tool, view)],
  })),
  { recognises: isHyperV, parse: (view) => [readHyperV(view)] },
  { recognises: isCrashPlan, parse: readCrashPlan },
  { recognises: isTrueNas, parse: (view) => trueNasAlert(view) },
];

/**
 * Small tools of which no more than a subject or a log is known: burp, raspiBackup, phpbu, BackWPup, StorageCraft ImageManager, an Italian
 * script for SQL Server, the Hyper-V Backup Utility, CrashPlan's report and the alerts of TrueNAS. Formats from the sources and issues
 * that are known, BackWPup's and the Hyper-V utility's from their source.
 */
export const smallTools: Parser = {
  id: "small-tools",
  software: "Small tools",
  recognisedBy:
    "Subjects of burp, raspiBackup, phpbu, BackWPup, ImageManager, CrashPlan, TrueNAS and two scripts, with their words in the text.",
  languages: "English, German, Italian",
  basis: { tag: "SOURCE", from: "templates and issues of the tools, real mails" },
  recognises: (view) => toolOf(view) !== undefined,
  parse: (view) => toolOf(view)?.parse(view) ?? "info",
};

function toolOf(view: MailView): Tool | undefined {
  return tools.find((tool) => tool.recognises(view));
}

function marksOf(view: MailView): string {
  return `${view.subject}\n${view.fromName}\n${view.text.slice(0, 20_000)}`;
}

function isTrueNas(view: MailView): boolean {
  return /^truenas \S{1,100}: alerts$/i.test(view.subject) || view.headers.has("x-truenas-host");
}

// Its alerts are about pools and disks too, and come again with every mail: nobody's run.
function trueNasAlert(view: MailView): Reading {
  const fresh = /\bnew alerts?:\s{0,20}[*•-]?\s{0,5}(\S.{0,300})/i.exec(view.text)?.[1];
  if (fresh) return { alert: fresh.trim() };
  return /\bcleared\b/i.test(view.text) ? "info" : { alert: view.subject };
}
