import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseMail } from "@/lib/mail/parse/parse";
import { classify } from "@/lib/mail/parse/statuses";

const receivedAt = "2026-10-05T20:00:00Z";
// Made of neutral syllables only, so no word of success can arise by chance.
const neutral = fc
  .array(
    fc.constantFrom(
      "backup",
      "Sicherung",
      "job",
      "srv-01",
      "nacht",
      "«",
      ":",
      "-",
      "42",
      "2026-10-05",
      "(",
      ")",
      "\n",
      "disk",
      "ÄÖ",
      "VM",
    ),
    { maxLength: 40 },
  )
  .map((words) => words.join(" "));

function mail(subject: string, body: string, type: string): Buffer {
  return Buffer.from(
    `From: x@y.example\r\nSubject: ${subject.replaceAll("\n", " ")}\r\nContent-Type: ${type}; charset=utf-8\r\n\r\n${body}`,
  );
}

describe("whatever arrives", () => {
  test("bytes of any kind never make the parser throw, and never are a success", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
        const result = await parseMail(bytes, receivedAt);
        expect(result.runs.filter((run) => run.status === "success")).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("any text as subject and body is answered, in plain text and in HTML", async () => {
    const type = fc.constantFrom("text/plain", "text/html", "multipart/mixed; boundary=q", "message/rfc822");
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "binary", maxLength: 300 }),
        fc.string({ unit: "binary", maxLength: 2000 }),
        type,
        async (subject, body, contentType) => {
          const result = await parseMail(mail(subject, body, contentType), receivedAt);
          expect(["run", "info", "unknown", "unreadable"]).toContain(result.kind);
          expect(JSON.stringify(result)).not.toMatch(/\\u0000|\\ud[89a-f]/);
          if (result.kind === "run")
            expect(result.runs.some((run) => run.status !== "unknown" && run.jobName !== "")).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("text without a word of success is never a success", async () => {
    await fc.assert(
      fc.asyncProperty(neutral, neutral, fc.constantFrom("text/plain", "text/html"), async (subject, body, type) => {
        const result = await parseMail(mail(subject, body, type), receivedAt);
        for (const run of result.runs) expect(run.status).toBe("unknown");
        expect(["unknown", "info", "unreadable"]).toContain(result.kind);
      }),
      { numRuns: 300 },
    );
  });

  test("a word of failure anywhere keeps a mail from being a success", () => {
    fc.assert(
      fc.property(
        neutral,
        neutral,
        fc.constantFrom("failed", "Fehler", "échec", "mislukt", "❌", "aborted"),
        (before, after, word) => {
          expect(classify(`Backup successful ${before} job, ${word}\n${after}`).status).not.toBe("success");
        },
      ),
      { numRuns: 500 },
    );
  });

  test("the same mail read twice gives the same result", async () => {
    await fc.assert(
      fc.asyncProperty(neutral, neutral, async (subject, body) => {
        const raw = mail(`${subject} failed`, body, "text/plain");
        expect(await parseMail(raw, receivedAt)).toEqual(await parseMail(raw, receivedAt));
      }),
      { numRuns: 50 },
    );
  });
});
