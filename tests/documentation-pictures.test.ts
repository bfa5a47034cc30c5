import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { manual } from "@/lib/documentation/manual";
import { pictures } from "../scripts/pictures/list.mjs";

const named = [
  ...new Set(manual().flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === "picture" ? block.name : [])))),
];

test("every picture that the manual names is taken by the script, and no other", () => {
  expect(named.sort()).toEqual(pictures.map(({ name }) => name).sort());
});

test("every named picture is there at both sizes and in both themes, and none is unused", () => {
  const wanted = named.flatMap((name) =>
    ["desktop", "phone"].flatMap((size) => ["light", "dark"].map((theme) => `${name}-${size}-${theme}.png`)),
  );
  expect(readdirSync("docs/manual/pictures").sort()).toEqual(wanted.sort());
});

test("every picture says what it shows", () => {
  for (const { slug, blocks } of manual())
    for (const block of blocks)
      if (block.kind === "picture") expect(block.alt.length, `${slug}: ${block.name}`).toBeGreaterThan(10);
});
