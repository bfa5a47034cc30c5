import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const lines = readFileSync("tests/asvs.md", "utf8").split("\n");

test("every test that the page on ASVS names is there, with the words that it quotes", () => {
  const wrong = lines.flatMap((line) => {
    const files = [...line.matchAll(/`([\w/-]+\.(?:test|spec)\.ts)`/g)].map(([, name]) => `tests/${name}`);
    const missing = files.filter((file) => !existsSync(file));
    const texts = files.filter((file) => existsSync(file)).map((file) => readFileSync(file, "utf8"));
    const quoted = files.length > 0 ? [...line.matchAll(/"([^"]{4,})"/g)].map(([, words = ""]) => words) : [];
    const lost = quoted.filter((words) => !texts.some((text) => patternOf(words).test(text)));
    return [...missing, ...lost].map((what) => `${line.slice(0, 20)}: ${what}`);
  });
  expect(wrong).toEqual([]);
});

test("every line says how it stands, and what is met or partly met says why", () => {
  const rows = lines.filter((line) => line.startsWith("| V"));
  const states =
    /^\| V[\d.x, V]+ \| (met|partly|not yet|not met|not applicable)( \(L3\)|, also L3)?( for [^|]+)? \| \S[^|]{3,} \|$/;
  expect(rows.length).toBeGreaterThan(100);
  expect(rows.filter((row) => !states.test(row))).toEqual([]);
});

test("documents and files that it names are there", () => {
  const named = lines.flatMap((line) => [...line.matchAll(/`((?:docs|lib)\/[\w/.-]+)`/g)].map(([, name = ""]) => name));
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !existsSync(name))).toEqual([]);
});

test("no program is started with data of people or mails: none is started at all", () => {
  const sources = ["app", "components", "lib"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => `${folder}/${file}`),
  );
  expect(sources.length).toBeGreaterThan(300);
  expect(sources.filter((file) => /child_process/.test(readFileSync(file, "utf8")))).toEqual([]);
});

/** Three dots stand for any words. */
function patternOf(words: string): RegExp {
  const parts = words.split("...").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(parts.join("[^\\n]*"));
}
