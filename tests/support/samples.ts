import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseMail } from "@/lib/mail/parse/parse";
import type { ReadMail } from "@/lib/mail/parse/types";

const folder = path.join(import.meta.dirname, "..", "samples");

export type Sample = {
  /** The folder, which is the id of a parser or of a branch of one: "veeam-agent". */
  group: string;
  /** "veeam-agent/success-ukrainian" */
  name: string;
  raw: Buffer;
  receivedAt: string;
  expected: Record<string, unknown>;
};

/** The groups of samples, in order. */
export const sampleGroups: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** Every sample of a group, with what is expected of it. */
export function samplesOf(group: string): Sample[] {
  const names = readdirSync(path.join(folder, group)).filter((name) => name.endsWith(".eml"));
  return names.sort().map((file) => {
    const name = file.replace(/\.eml$/, "");
    const { receivedAt, expected } = JSON.parse(readFileSync(path.join(folder, group, `${name}.json`), "utf8"));
    return { group, name: `${group}/${name}`, raw: readFileSync(path.join(folder, group, file)), receivedAt, expected };
  });
}

export const allSamples: readonly Sample[] = sampleGroups.flatMap(samplesOf);

export const readSample = (sample: Sample): Promise<ReadMail> => parseMail(sample.raw, sample.receivedAt);
