import { describe, expect, test } from "vitest";
import { readSample, sampleGroups, samplesOf } from "../support/samples";

describe.each(sampleGroups)("mails of %s", (group) => {
  const samples = samplesOf(group);

  test("there are at least eight samples", () => expect(samples.length).toBeGreaterThanOrEqual(8));

  test.each(samples)("$name is read as expected", async (sample) => {
    expect(await readSample(sample)).toMatchObject(sample.expected);
  });
});
