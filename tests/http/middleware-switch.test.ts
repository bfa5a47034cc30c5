import { expect, inject, test } from "vitest";

const { url, bare } = inject("servers");

test("the server that is said to have no middleware really has none", async () => {
  const [guarded, unguarded] = await Promise.all([url, bare].map((server) => fetch(`${server}/login`)));
  expect([guarded?.status, unguarded?.status]).toEqual([200, 200]);
  expect(guarded?.headers.get("content-security-policy")).toContain("'nonce-");
  expect(unguarded?.headers.get("content-security-policy") ?? "").not.toContain("'nonce-");
});
