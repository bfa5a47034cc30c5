import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { headEnd } from "@/lib/mail/parse/head";
import { parseMail } from "@/lib/mail/parse/parse";
import { parsers } from "@/lib/mail/parsers/registry";
import { allSamples, readSample, type Sample } from "../support/samples";

const ids = parsers.map(({ id }) => id);
// The agents of Veeam are a branch of one family.
const familyOf = ({ group }: Sample) => (group === "veeam-agent" ? "veeam" : group);
const expectedParser = (sample: Sample) => `${sample.expected.parser ?? familyOf(sample)}`;
const own = allSamples.filter((sample) => expectedParser(sample) !== "generic" && expectedParser(sample) !== "none");
const withSender = ({ raw }: Sample, sender: string) =>
  Buffer.from(raw.toString("latin1").replace(/^From:.*$/m, `From: ${sender}`), "latin1");

// The mails of the others are cut in parsers-b.test.ts.
const told = new Set("veeam veeam-agent vzdump duplicati generic acronis ahsay backup-exec pbs qnap".split(" "));

/** Their subject says it went well, and only the end of the body tells otherwise: cut off there, nobody can know. */
const toldLate = new Set([
  "ahsay/two-destinations-one-failed",
  "ahsay/forwarded-gmail",
  "ahsay/forwarded-outlook-italian",
  "ahsay/forwarded-as-attachment",
  "backup-exec/success-that-is-a-warning",
  "pbs/subject-and-body-disagree",
  "veeam/sobr-extent-in-maintenance",
]);

describe("the order of the parsers", () => {
  test("each has an id of its own, and the one that takes everything comes last", () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.at(-1)).toBe("generic");
  });

  test.each(allSamples)("$name is taken by its own family, and by none before it", async (sample) => {
    expect((await readSample(sample)).parser).toBe(expectedParser(sample));
  });

  test("every family has samples, and every folder a family", () => {
    expect([...new Set(allSamples.map(familyOf))].sort()).toEqual([...ids].sort());
  });
});

describe("who sent it", () => {
  // The mail of a report as a file is only known by the fixed address of Acronis's cloud, or by the name of the file.
  test.each(own)("$name is known without its sender", async (sample) => {
    const { kind, parser, runs } = await readSample(sample);
    const anonymous = await parseMail(withSender(sample, "x@nobody.example"), sample.receivedAt);
    expect([anonymous.kind, anonymous.parser, anonymous.runs.map(({ status }) => status)]).toEqual([
      kind,
      parser,
      runs.map(({ status }) => status),
    ]);
  });

  test.each(own)("the sender of $name alone decides nothing", async (sample) => {
    const from = /^From:.*$/m.exec(sample.raw.toString("latin1"))?.[0] ?? "";
    const letter = Buffer.from(
      `${from}\r\nSubject: Lunch\r\nDate: ${sample.receivedAt}\r\n\r\nSee you at noon.`,
      "latin1",
    );
    const { runs, parser } = await parseMail(letter, sample.receivedAt);
    expect(runs).toEqual([]);
    expect(["generic", "none"]).toContain(parser);
  });
});

// Heads do not break off: only what follows is cut.
describe("a mail that breaks off", () => {
  test.each(allSamples.filter(({ group }) => told.has(group)))("$name never turns good", async (sample) => {
    const whole = await readSample(sample);
    const bad = whole.runs.length === 0 || whole.runs.some(({ status }) => status !== "success");
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: headEnd(sample.raw), max: sample.raw.length }), async (end) => {
        const { runs } = await parseMail(sample.raw.subarray(0, end), sample.receivedAt);
        const good = runs.filter(({ status }) => status === "success").length;
        const allowed = whole.runs.filter(({ status }) => status === "success").length;
        if (bad && !toldLate.has(sample.name)) expect(good).toBeLessThanOrEqual(allowed);
      }),
      { numRuns: 25, seed: 20261005 },
    );
  });
});
