import { describe, expect, test } from "vitest";
import { cellBelow, lineBelow } from "@/lib/mail/parse/labels";
import { matchKey } from "@/lib/mail/parse/match-keys";
import { parseMail } from "@/lib/mail/parse/parse";
import { labelValue } from "@/lib/mail/parse/said";
import { quote, quoter } from "@/lib/mail/parse/shown";
import type { MailView } from "@/lib/mail/parse/view";

const shown = (text: string, subject = "") => ({ subject, text });

describe("the words of a mail", () => {
  test.each([
    ["Start time 21:00:03", "x Start time 21:00:03 y", "Start time 21:00:03"],
    ["start time 21:00:03", "*Start time* 21:00:03", "Start time* 21:00:03"],
    ["start time 21:00:03", "Start time: 21:00:03", "Start time: 21:00:03"],
    ["a\n  b", "a b", "a b"],
    ["one two", "> one > two", "one > two"],
    ["(x) [y] $1", "(x)  [y] $1", "(x)  [y] $1"],
    ["* > | two", "one two", null],
    ["missing", "one two", null],
    ["", "one", null],
  ])("%s in %s", (wanted, text, found) => expect(quote(shown(text), wanted)).toBe(found));

  test("are found in the subject too, and cut at 300 characters", () => {
    expect(quote(shown("", "[Failed] Job"), "[Failed]")).toBe("[Failed]");
    expect(quote(shown("x".repeat(900)), "x".repeat(900))).toHaveLength(300);
  });

  test("rows of a table are found one behind the other", () => {
    const next = quoter(shown("a ok b failed a ok"));
    expect([next(["a ok"]), next(["b failed"]), next(["c", "a ok"]), next(["c"])]).toEqual([
      "a ok",
      "b failed",
      "a ok",
      null,
    ]);
  });

  test("made to be looked for in vain, cost no more than a second", () => {
    const text = shown("> ".repeat(100_000));
    const started = process.cpuUsage();
    for (let i = 0; i < 5000; i++) quote(text, `${"> a".repeat(30)} ${i}`);
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1_000_000).toBeLessThan(2);
  });
});

describe("the value of a label", () => {
  const view = (text: string, rows: string[][] = []) => ({ text, htmlText: "", rows }) as unknown as MailView;
  test.each<[string, MailView]>([
    ["in the cell beside it", view("", [["NAS Name:", "cellar"]])],
    ["in the cell below it", view("", [["NAS name"], ["cellar"]])],
    ["on its line", view("x\nNAS  Name : cellar")],
    ["on the line below", view("NAS name\n\ncellar\n")],
    ["on the line below a colon", view("NAS name:\ncellar")],
    ["under its second name", view("Nome NAS: cellar")],
  ])("%s", (_, given) => expect(labelValue(given, "nas name", "nome nas")?.value).toBe("cellar"));

  test("that stands nowhere, or has nothing behind it, is none", () => {
    expect(labelValue(view("NAS names: cellar", [["NAS Name"]]), "nas name")).toBeNull();
    expect(cellBelow([["Plan name", "x"], ["y"]], "plan name")).toBeNull();
    expect(lineBelow("Plan name", "plan name")).toBeNull();
  });
});

describe("more than one result", () => {
  const receivedAt = "2026-10-05T20:00:00Z";
  const alert = (i: number) => `Error\nBackup failed\nThe disk is full.\nDevice: PC-${i}\nPlan name: Nightly\n\n`;
  const digest = (count: number) =>
    parseMail(
      Buffer.from(
        `From: a@b.example\r\nSubject: DAILY STATUS REPORT ON October 5, 2026, 7:00:00 PM (group: Acme) (Error: ${count})\r\n\r\n${Array.from({ length: count }, (_, i) => alert(i)).join("")}`,
      ),
      receivedAt,
    );

  test("of different jobs makes a digest; a single one is a run", async () => {
    expect(await digest(3)).toMatchObject({
      kind: "digest",
      runs: [{ host: "PC-0" }, { host: "PC-1" }, { host: "PC-2" }],
    });
    expect(await digest(1)).toMatchObject({ kind: "run", runs: [{ host: "PC-0", status: "failed" }], alert: null });
  });

  test("above 500 says how many are left out", async () => {
    const { runs, alert } = await digest(620);
    expect(runs).toHaveLength(500);
    expect(alert).toBe("The report speaks of 620 alerts, of which 500 could be read");
  });
});

test("the same machine and plan of two customers, mailed by one sender, are two jobs", () => {
  const run = { software: "Acronis", host: "DC01", jobName: "Daily", jobType: "backup" };
  const keys = ["Amber Dental", "Acme", null].map((customer) => matchKey({ ...run, customer }, "noreply@x.example"));
  expect(new Set(keys).size).toBe(3);
  expect(keys[2]).toBe("acronis|dc01|Daily|backup");
});

test("jobs whose names differ only in case are not one, but the case of their host does not matter", () => {
  const run = { software: "Acronis", host: "DC01", jobName: "Daily", jobType: "backup" };
  const key = (other: Partial<typeof run>) => matchKey({ ...run, ...other }, "noreply@x.example");
  expect(key({ jobName: "daily" })).not.toBe(key({}));
  expect(key({ jobName: " Daily " })).toBe(key({}));
  expect(key({ host: "dc01", software: "ACRONIS" })).toBe(key({}));
});
