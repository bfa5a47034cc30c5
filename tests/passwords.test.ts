import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { generatePassword } from "@/lib/auth/generate";
import { hashGenerated, hashPassword, verifyPassword, work } from "@/lib/auth/passwords";
import { passwordProblem } from "@/lib/auth/rules";

vi.mock("@/lib/workers", () => import("./support/fast-workers"));

const CONTEXT = ["ada.lovelace", "Night Desk", "BackupChecks"];
const problem = (password: string, minimum = 15) => passwordProblem(password, minimum, CONTEXT);

test("14 characters are refused with the reason and a hint, 15 are accepted", () => {
  expect(problem("violet-tractor")).toBe("Use at least 15 characters. A few words in a row are easy to remember.");
  expect(problem("violet-tractors")).toBeNull();
  expect(problem("violet-t", 8)).toBeNull();
});

test("characters count as people see them typed, not bytes or code units", () => {
  expect(problem(`${"ы".repeat(3)}кафедраметлаху`)).toBeNull();
  expect(problem("🐙🦀🐠🐳🐬🦑🐡🦐🐟🦈🐊🐢🦎🐍")).toContain("at least 15");
});

test("no composition is demanded", () => {
  expect(problem("violettractorhums")).toBeNull();
  expect(problem("VIOLETTRACTORHUMS")).toBeNull();
  expect(problem("violet tractor hums")).toBeNull();
});

test("256 characters are accepted, 257 are not", () => {
  const long = Array.from({ length: 64 }, (_, i) => `w${String(i).padStart(2, "0")}-`).join("");
  expect(problem(long)).toBeNull();
  expect(problem(`${long}x`)).toBe("Use at most 256 characters.");
});

test.each([
  "passwordpassword",
  "123456789012345",
  "qwertyuiopasdfg",
  "aaaaaaaaaaaaaaaa",
  "Password12345678",
  "P4ssw0rdP4ssw0rd!",
  "iloveyouiloveyou",
  "abcdefghijklmnop",
  "1q2w3e4r5t6y7u8i",
  "correct horse battery staple",
  "letmein-letmein-letmein",
  "admin-admin-admin-2026",
])("%s is refused as common", (password) => {
  expect(problem(password)).not.toBeNull();
});

test.each(["ada.lovelace-2026", "LovelaceLovelace", "backupchecks12345", "nightdesk-nightdesk", "4da.l0vel4ce!!!!"])(
  "%s is refused as built from known words",
  (password) => {
    expect(problem(password)).not.toBeNull();
  },
);

test("what is made by chance is always accepted, and never the same twice", () => {
  const made = Array.from({ length: 2000 }, generatePassword);
  expect(made.filter((password) => problem(password) !== null)).toEqual([]);
  expect(new Set(made).size).toBe(2000);
  expect(made.every((password) => /^([a-km-np-z2-9]{5}-){3}[a-km-np-z2-9]{5}$/.test(password))).toBe(true);
});

test("the rules answer for every text within a moment", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (password) => {
      const startedAt = performance.now();
      const answer = problem(password);
      expect(answer === null || answer.length > 10).toBe(true);
      expect(performance.now() - startedAt).toBeLessThan(500);
    }),
    { numRuns: 300 },
  );
});

test("every character counts, also beyond the 72 bytes that bcrypt reads", async () => {
  const cyrillic = "ф".repeat(64);
  const hash = await hashPassword(cyrillic);
  expect(await verifyPassword(cyrillic, hash)).toBe(true);
  expect(await verifyPassword(`${"ф".repeat(63)}х`, hash)).toBe(false);
  const long = await hashPassword(`${"x".repeat(72)}A`);
  expect(await verifyPassword(`${"x".repeat(72)}B`, long)).toBe(false);
  expect(await verifyPassword("x".repeat(72), long)).toBe(false);
});

test("a letter typed in two ways is one password", async () => {
  const composed = "café au lait à la crème".normalize("NFC");
  const hash = await hashPassword(composed);
  expect(await verifyPassword(composed.normalize("NFD"), hash)).toBe(true);
});

test("a generated password is kept without the slow hash, and checked with the same one comparison", async () => {
  const password = generatePassword();
  const stored = hashGenerated(password);
  expect(stored).not.toContain(password);
  const before = work.count;
  expect(await verifyPassword(password, stored)).toBe(true);
  expect(await verifyPassword(generatePassword(), stored)).toBe(false);
  expect(await verifyPassword(stored, stored)).toBe(false);
  expect(work.count).toBe(before + 3);
});

test.each([[null], [""], ["garbage"], ["generated:"], ["$2b$12$tooshort"]])(
  "a stored %s is never right",
  async (hash) => {
    const before = work.count;
    expect(await verifyPassword("anything at all", hash)).toBe(false);
    expect(work.count).toBe(before + 1);
  },
);
