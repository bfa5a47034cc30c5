import { expect, test } from "vitest";
import { fieldLabel, markedPieces } from "@/lib/mails/marks";

const marked = (text: string, ...quotes: [string, string][]) =>
  markedPieces(
    text,
    quotes.map(([field, quote]) => ({ field, text: quote })),
  );

test("the words that decided something are marked where they stand, whatever whitespace is between them", () => {
  const text = "Dear all,\n\nBackup job:   Nightly\nStatus:\tFailed\n";
  const pieces = marked(text, ["status", "Status: Failed"], ["jobName", "Backup job: Nightly"]);
  expect(pieces.map((piece) => piece.text).join("")).toBe(text);
  expect(pieces.filter(({ fields }) => fields.length > 0)).toEqual([
    { text: "Backup job:   Nightly", fields: ["jobName"] },
    { text: "Status:\tFailed", fields: ["status"] },
  ]);
});

test("quotes that overlap are one piece of both fields, and what does not stand there is left out", () => {
  const pieces = marked(
    "Disk full on D",
    ["message", "Disk full on"],
    ["status", "full on D"],
    ["host", "absent"],
    ["x", ""],
  );
  expect(pieces).toEqual([{ text: "Disk full on D", fields: ["message", "status"] }]);
  expect(marked("", ["status", "x"])).toEqual([{ text: "", fields: [] }]);
});

test("a long text with many quotes is marked in no time", () => {
  const text = Array.from({ length: 20_000 }, (_, i) => `row ${i} ok`).join("\n");
  const quotes = Array.from({ length: 5000 }, (_, i): [string, string] => [`objects.${i}`, `row ${i} ok`]);
  const started = performance.now();
  expect(marked(text, ...quotes).filter(({ fields }) => fields.length > 0)).toHaveLength(300);
  expect(performance.now() - started).toBeLessThan(1000);
});

test("fields are called as people know them", () => {
  expect([fieldLabel("startedAt"), fieldLabel("objects.3"), fieldLabel("other")]).toEqual([
    "Started",
    "Object 4",
    "other",
  ]);
});
