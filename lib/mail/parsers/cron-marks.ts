import type { RunStatus } from "../../statuses";
import type { Said } from "../parse/said";

type Mark = { tool: string | null; line: RegExp; status: RunStatus };

/** Lines by which tools say how they ended, from their standard output. `tool` null: what a shell or system says of any command. */
const marks: readonly Mark[] = [
  { tool: "restic", line: /^Fatal: /, status: "failed" },
  { tool: "restic", line: /^Warning: at least one source file could not be read/, status: "warning" },
  { tool: "restic", line: /^snapshot [0-9a-f]{8} saved$/, status: "success" },
  { tool: "borg", line: /\bterminating with error status, rc \d+/, status: "failed" },
  { tool: "borg", line: /\bterminating with warning status, rc \d+/, status: "warning" },
  { tool: "borg", line: /\bterminating with success status, rc 0$/, status: "success" },
  { tool: "borg", line: /^Failed to create\/acquire the lock\b|^Connection closed by remote host\b/, status: "failed" },
  { tool: "borg", line: /^Time \(end\): /, status: "success" },
  { tool: "borgmatic", line: /\bError running configuration file\b|\bAn error occurred\b/, status: "failed" },
  { tool: "borgmatic", line: /\bSuccessfully ran configuration file\b/, status: "success" },
  { tool: "rsync", line: /^rsync error: /, status: "failed" },
  { tool: "rsync", line: /^rsync: .{0,400}\bfailed\b/, status: "failed" },
  { tool: "rsync", line: /^rsync warning: /, status: "warning" },
  { tool: "rsync", line: /^total size is [\d.,]+[KMGTP]?\s+speedup is [\d.,]+$/, status: "success" },
  { tool: "rsnapshot", line: /\brsnapshot\b.{0,100}: completed, but with some errors/, status: "failed" },
  { tool: "rsnapshot", line: /\brsnapshot\b.{0,100}: completed, but with some warnings/, status: "warning" },
  { tool: "rsnapshot", line: /\brsnapshot\b.{0,100}: completed successfully$/, status: "success" },
  { tool: "duplicity", line: /^Errors [1-9]\d*$/, status: "failed" },
  { tool: "duplicity", line: /^Errors 0$/, status: "success" },
  { tool: null, line: /^\[?(?:fatal|error|critical)\b\]?\s?[:!]/i, status: "failed" },
  { tool: null, line: /^Traceback \(most recent call last\):|^panic: /, status: "failed" },
  {
    tool: null,
    line: /: (?:command )?not found$|: No space left on device\b|^Killed$|Segmentation fault/,
    status: "failed",
  },
  {
    tool: null,
    line: /: No such file or directory$|: Permission denied\b|: Connection (?:refused|timed out)/,
    status: "failed",
  },
  // "pg_dump: error: …" of a program in the same script.
  {
    tool: null,
    line: /^[\w./-]{1,60}(?:\[\d{1,9}\])?: (?:[^:/]{1,40}: )?(?:fatal|error|failed|got error|cannot|can['’]t|could not|unable to|exiting with failure|connection unexpectedly closed)\b/i,
    status: "failed",
  },
  {
    tool: null,
    line: /: (?:Input\/output error|Broken pipe|Read-only file system|No route to host|Stale file handle|Disk quota exceeded|Access denied)\b|^Host key verification failed|^(?:Terminated|Aborted)\b|^unable to \b|\bCould not resolve host/i,
    status: "failed",
  },
  { tool: null, line: /^(?!\S*\/).{0,80}\b(?:FAILED|FAILURE|ABORTED)[.!]?$/, status: "failed" },
  { tool: null, line: /^restic\b.{0,80}\berrors?\b|^repository contains errors/i, status: "failed" },
  { tool: null, line: /: file changed while we backed it up$|^IO error encountered\b/, status: "warning" },
  { tool: null, line: /^\[?warning\b\]?\s?[:!]/i, status: "warning" },
];
const lookedAt = 200_000;
const longestLine = 600;

/**
 * What the lines of an output say, the first of each result, and whether one is of a known tool. A complaint of the shell beside the
 * success of a tool is a warning: restic, for one, reports a file that it may not read and saves the snapshot. The successes of an output
 * that is too long to be read whole do not count.
 */
export function marksOf(output: string): { tool: boolean; found: Said<RunStatus>[] } {
  const tools = new Map<RunStatus, string>();
  const shell = new Map<RunStatus, string>();
  const lines = output.split("\n", lookedAt + 1);
  for (const line of lines) {
    const from = line.trim().slice(0, longestLine);
    const mark = from === "" ? undefined : marks.find((candidate) => candidate.line.test(from));
    const found = mark?.tool === null ? shell : tools;
    if (mark && !found.has(mark.status)) found.set(mark.status, from);
  }
  const done = tools.has("success");
  if (lines.length > lookedAt) tools.delete("success");
  const complaints = [...shell].map(([value, from]) => ({ value: done ? ("warning" as const) : value, from }));
  return { tool: tools.size > 0, found: [...[...tools].map(([value, from]) => ({ value, from })), ...complaints] };
}
