import { beforeAll, describe, expect, inject, test } from "vitest";
import { idOf, sendAction } from "../support/http/actions";
import { hasPostgres, nobody, openWorld, watchAudit } from "../support/http/world";

const { url } = inject("servers");
const from = "127.0.0.77";
const lies = {
  "x-forwarded-for": "203.0.113.9",
  "x-real-ip": "203.0.113.9",
  forwarded: "for=203.0.113.9",
  "x-backupchecks-client": "guess 203.0.113.9",
  "x-action-forwarded": "1",
};

describe.skipIf(!hasPostgres)("the sender's address", () => {
  beforeAll(async () => {
    await openWorld();
  });

  test.each([
    ["to a page that carries it", "/settings", {}],
    ["with invented forwarding headers", "/settings", lies],
    ["to a page that does not carry it, so that the server sends it on to itself", "/login", {}],
    ["to such a page with invented forwarding headers", "/login", { ...lies, "x-action-forwarded": "" }],
  ])("an action sent %s is noted from where it came", async (_name, path, headers) => {
    const entriesSince = await watchAudit();
    await sendAction(await idOf("updateSettings"), { server: url, path, who: nobody, headers, from });
    expect((await entriesSince()).map(({ address }) => address)).toEqual([from]);
  });
});
