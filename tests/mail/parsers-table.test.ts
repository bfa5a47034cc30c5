import { expect, test } from "vitest";
import { parsers } from "@/lib/mail/parsers/registry";
import { allSamples } from "../support/samples";

const tags = {
  SAMPLE: "seen in a real mail",
  SOURCE: "read in the product's source or templates",
  DOC: "read in its documentation",
  words: "words of results",
};
const cell = (text: string) => text.replaceAll("|", "\\|");
const samplesOf = (id: string) =>
  allSamples.filter(({ group, expected }) => {
    const family = group === "veeam-agent" ? "veeam" : group;
    return (expected.parser ?? family) === id;
  });

const rows = parsers.map(({ id, software, recognisedBy, languages = "", basis }, i) =>
  [
    `${i + 1}`,
    software || "Any other",
    `\`${id}\``,
    recognisedBy,
    `${basis.tag}: ${basis.from}`,
    languages,
    `${samplesOf(id).length}`,
  ].map(cell),
);

const document = `# Parsers

How a mail becomes a result. The first parser of this list that knows a mail reads it; its sender alone never decides. A result is never a
success by doubt: a word that nobody knows is "Unknown", and so is a success beside words of trouble, one that a part of the same mail
contradicts, or one of a mail of which the end is visibly missing (where the product does not state the result first). Each field of a result quotes the words of the mail it came from.

This table is made by \`tests/mail/parsers-table.test.ts\` from the parsers in \`lib/mail/parsers\` and their samples in \`tests/samples\`;
after a change \`npx vitest run --project unit tests/mail/parsers-table.test.ts -u\` writes it anew.

How sure a format is: ${Object.entries(tags)
  .map(([tag, meaning]) => `**${tag}** ${meaning}`)
  .join(", ")}. Products of which none of these is known have no parser of their own.

| # | Product | Parser | Known by | How sure | Languages | Samples |
|---|---|---|---|---|---|---|
${rows.map((row) => `| ${row.join(" | ")} |`).join("\n")}

Together ${allSamples.length} samples, each with what is expected of it beside it.
`;

test("the table of the parsers is up to date", async () => {
  await expect(document).toMatchFileSnapshot("../../docs/parsers.md");
});

test.each(parsers)("$id says what people need to know of it", ({ id, recognisedBy, languages = "", basis }) => {
  expect(recognisedBy).toMatch(/^.{20,300}$/);
  expect(languages).not.toBe("");
  expect(basis.from).toMatch(/[a-z]{4}/);
  expect(Object.keys(tags)).toContain(basis.tag);
  expect(samplesOf(id).length).toBeGreaterThanOrEqual(8);
});
