import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parseMail } from "@/lib/mail/parse/parse";

type Sample = { receivedAt: string; expected: Record<string, unknown> };

const folder = path.join(import.meta.dirname, "..", "samples");
const groups = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());

describe.each(groups.map((group) => group.name))("mails of %s", (group) => {
  const names = readdirSync(path.join(folder, group)).filter((name) => name.endsWith(".eml"));

  test("there are at least eight samples", () => expect(names.length).toBeGreaterThanOrEqual(8));

  test.each(names)("%s is read as expected", async (name) => {
    const file = path.join(folder, group, name);
    const sample = JSON.parse(readFileSync(file.replace(/\.eml$/, ".json"), "utf8")) as Sample;
    const mail = await parseMail(readFileSync(file), sample.receivedAt);
    expect(mail).toMatchObject(sample.expected);
  });
});
