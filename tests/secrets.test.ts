import { expect, test } from "vitest";
import { seal, unseal } from "@/lib/secrets";

test("a sealed secret opens for what it was sealed for, and nothing else", () => {
  const sealed = seal("correct horse", "mail source 1");
  expect(sealed).not.toContain("horse");
  expect(unseal(sealed, "mail source 1")).toBe("correct horse");
  expect(unseal(sealed, "mail source 2")).toBeNull();
  expect(seal("correct horse", "mail source 1"), "no two look alike").not.toBe(sealed);
});

test("what was changed, cut or never sealed does not open", () => {
  const sealed = seal("secret", "p");
  const middle = Math.floor(sealed.length / 2);
  const changed = sealed.slice(0, middle) + (sealed[middle] === "A" ? "B" : "A") + sealed.slice(middle + 1);
  for (const bad of [changed, sealed.slice(0, -4), "", "1.", "2.abc", "plain text"])
    expect(unseal(bad, "p")).toBeNull();
});
