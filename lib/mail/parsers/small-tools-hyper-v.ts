import type { RunStatus } from "../../statuses";
import { countSaid, firstGroup, said, worstSaid } from "../parse/findings";
import { limits } from "../parse/limits";
import { type FoundObject, toRun } from "../parse/runs";
import { reading, type Said } from "../parse/said";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";

const software = "Hyper-V Backup Utility";
const subjectShape = /^(.{1,150}?)\s+(\d{1,5})\/(\d{1,5}) VMs successful$/i;
const ending = /^.{0,60}Backups Failed:\s?(\d{1,5})$/m;
const errorOfVm = /^.{0,60}\[ERROR\]\s{0,5}\(VM:([^)\n]{1,100})\)(.{0,300})$/gm;
const otherError = /^.{0,60}\[ERROR\](?!\s{0,5}\(VM:).{0,300}$/m;
const doneVm = /^.{0,60}\(VM:([^)\n]{1,100})\) Backup Successful$/gim;

/** Whether a mail is the log of the Hyper-V Backup Utility, also with a subject of one's own before "9/9 VMs Successful". */
export function isHyperV(view: MailView): boolean {
  return subjectShape.test(view.subject) && (/hyper-v/i.test(view.subject) || ending.test(view.text));
}

/**
 * It counts a machine as successful once it is exported, even when packing or copying it failed afterwards: the errors of the log count,
 * and without the end of the log there is no success.
 */
export function readHyperV(view: MailView): ParsedRun {
  const [, name = "", done, all] = subjectShape.exec(view.subject) ?? [];
  const machines = machinesOf(view.text);
  const broken = machines.find((machine) => machine.status === "failed");
  const other = otherError.exec(view.text)?.[0];
  const failures = reading(firstGroup(view.text, ending), Number);
  const status = worstSaid(
    [
      said(done === all && all !== "0" ? null : "failed", view.subject),
      countSaid(failures, "failed", "success"),
      said(broken ? "failed" : null, broken?.from ?? ""),
      said(other ? "warning" : null, other?.trim() ?? ""),
    ],
    view.subject,
  );
  return toRun(
    {
      software,
      jobName: { value: name.replace(/\s+log$/i, ""), from: view.subject },
      host: firstGroup(view.text, /\bHostname:[. ]{0,60}([\w-]{1,63})/),
      jobType: "backup",
      resourceType: "Virtual machines",
      status,
      message: status.value === "success" ? null : messageOf(status, broken, other),
      objects: machines,
    },
    view,
  );
}

function machinesOf(text: string): FoundObject[] {
  const found = new Map<string, FoundObject>();
  const add = (name: string, status: RunStatus, message: string | null, from: string) => {
    const known = found.get(name);
    const object = { name, status, message, sizeBytes: null, durationSeconds: null, from: from.trim() };
    if (known?.status !== "failed" && found.size < limits.objects) found.set(name, object);
  };
  for (const [line, name = ""] of text.matchAll(doneVm)) add(name, "success", null, line);
  for (const [line, name = "", message = ""] of text.matchAll(errorOfVm)) add(name, "failed", message.trim(), line);
  return [...found.values()];
}

function messageOf(
  status: Said<RunStatus>,
  broken: FoundObject | undefined,
  other: string | undefined,
): Said<string> | string {
  if (broken?.message) return { value: `${broken.name}: ${broken.message}`, from: broken.from ?? "" };
  if (other) return other.trim();
  const text = status.value === "failed" ? "Not all machines were backed up." : "The end of the log is missing.";
  return { value: text, from: status.from };
}
