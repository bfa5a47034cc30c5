import { describe, expect, test } from "vitest";
import { collapsed } from "@/lib/mail/parse/shown";
import type { ParsedRun, ReadMail } from "@/lib/mail/parse/types";
import { allSamples, readSample } from "../support/samples";

const fields = [
  "customer",
  "jobName",
  "host",
  "startedAt",
  "endedAt",
  "durationSeconds",
  "sizeBytes",
  "transferredBytes",
  "message",
] as const;

// "The mail holds no result." quotes nothing, because there is nothing.
const sayable = (run: ParsedRun) => (run.status === "unknown" ? fields.filter((field) => field !== "message") : fields);

/** Fields that no shown word of that sample says, each with the reason. */
const unsaid: Record<string, string[]> = {};

/** The fields of a run that have a value, as evidence calls them. */
function filled(run: ParsedRun): string[] {
  const status = run.status === "unknown" ? [] : ["status"];
  const known = sayable(run).filter((field) => run[field] != null && run[field] !== "");
  const objects = run.objects.flatMap(({ status }, i) => (status === "unknown" ? [] : [`objects.${i}`]));
  return [...status, ...known, ...objects];
}

const isShown = (mail: ReadMail, text: string) =>
  collapsed(mail.subject).includes(text) || collapsed(mail.text).includes(text);

describe("why a field is what it is", () => {
  test.each(allSamples)("$name quotes the mail for every field", async (sample) => {
    const mail = await readSample(sample);
    for (const run of mail.runs) {
      const quoted = new Set(run.evidence.map(({ field }) => field));
      const missing = filled(run).filter((field) => !quoted.has(field));
      expect(missing).toEqual(unsaid[sample.name] ?? []);
      expect(run.evidence.filter(({ text }) => !isShown(mail, text))).toEqual([]);
      expect(run.evidence.filter(({ text }) => text.length < 1 || text.length > 300)).toEqual([]);
    }
  });

  test("an exception is made only for samples that need it", () => {
    const names = new Set(allSamples.map(({ name }) => name));
    expect(Object.keys(unsaid).filter((name) => !names.has(name))).toEqual([]);
  });
});
