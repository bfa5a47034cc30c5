import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { completeLock, type Lock } from "../scripts/lock.mjs";

/** The oldest versions without a published hole that would matter here. */
const OLDEST: Record<string, string> = {
  "drizzle-orm": "0.45.2",
  next: "16.4.1",
  "next-auth": "5.0.0-beta.32",
  react: "19.3.1",
  "react-dom": "19.3.1",
};

test("no installed package is older than its oldest safe version", () => {
  const installed = Object.fromEntries(Object.keys(OLDEST).map((name) => [name, installedVersion(name)]));
  expect(tooOld(installed)).toEqual([]);
});

test("an older version would be caught, also a prerelease", () => {
  expect(tooOld({ ...OLDEST, next: "16.4.0" })).toEqual(["next"]);
  expect(tooOld({ ...OLDEST, "next-auth": "5.0.0-beta.4" })).toEqual(["next-auth"]);
  expect(tooOld({ ...OLDEST, react: "19.3.1-rc.1" })).toEqual(["react"]);
  expect(tooOld({ ...OLDEST, "drizzle-orm": "0.5.0" })).toEqual(["drizzle-orm"]);
  expect(tooOld({ next: "16.10.0", "next-auth": "5.0.0", react: "20.0.0" })).toEqual([]);
});

test("package.json pins each package to one version, and the lock file agrees", () => {
  const { dependencies, devDependencies } = readJson("package.json") as Record<string, Record<string, string>>;
  const pins = Object.entries({ ...dependencies, ...devDependencies });
  expect(pins.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  const { packages } = readJson("package-lock.json") as Lock;
  expect(pins.filter(([name, version]) => packages[`node_modules/${name}`]?.version !== version)).toEqual([]);
});

test("the lock file names no registry and has the entries of all platforms", () => {
  const text = readFileSync("package-lock.json", "utf8");
  expect(text).not.toContain('"resolved"');
  const lock = JSON.parse(text) as Lock;
  expect(completeLock(lock)).toEqual([]);

  delete lock.packages["node_modules/@next/swc-darwin-arm64"];
  expect(completeLock(lock)).toEqual(["@next/swc-darwin-arm64"]);
  expect(lock).toEqual(JSON.parse(text));
});

function tooOld(versions: Record<string, string>): string[] {
  return Object.keys(versions).filter((name) => compare(versions[name] ?? "", OLDEST[name] ?? "") < 0);
}

function compare(one: string, other: string): number {
  const [a, b] = [numbersOf(one), numbersOf(other)];
  const at = a.findIndex((number, index) => number !== (b[index] ?? 0));
  return at < 0 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? 0);
}

/** "5.0.0-beta.32" is 5, 0, 0, 0, 32 and "5.0.0" is 5, 0, 0, 1: a prerelease comes before its release. */
function numbersOf(version: string): number[] {
  const [release = "", prerelease = ""] = version.split("-");
  const numbers = (text: string) => (text.match(/\d+/g) ?? []).map(Number);
  return [...numbers(release), prerelease ? 0 : 1, ...numbers(prerelease)];
}

function installedVersion(name: string): string {
  return (readJson(`node_modules/${name}/package.json`) as { version: string }).version;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
