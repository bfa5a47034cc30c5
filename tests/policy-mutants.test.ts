import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

type Fault = { why: string; find: string; replace: string };

test("each fault that `npm run mutants` plants still fits the code, and changes it", () => {
  const files = JSON.parse(readFileSync("scripts/mutants/list.json", "utf8")) as Record<string, Fault[]>;
  const wrong = Object.entries(files).flatMap(([file, faults]) => {
    const text = readFileSync(file, "utf8");
    return faults
      .filter(({ find, replace }) => text.split(find).length !== 2 || find === replace)
      .map(({ why }) => `${file}: ${why}`);
  });
  expect(wrong).toEqual([]);
  expect(Object.values(files).flat().length).toBeGreaterThanOrEqual(40);
});
