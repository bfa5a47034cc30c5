import { beforeAll, describe, expect, inject, test } from "vitest";
import { pages } from "@/lib/access/registry";
import type { Person } from "../support/http/people";
import { eachOf, visit, visitAsRouter } from "../support/http/visit";
import { hasPostgres, openWorld, type World } from "../support/http/world";

const { url } = inject("servers");
const REQUESTS = 1000;

let world: World;

describe.skipIf(!hasPostgres)("two people at once", () => {
  beforeAll(async () => {
    world = await openWorld();
  });

  test("in a thousand answers to two people in turn, nobody reads the other's name or role", async () => {
    const { viewer, reporter } = world.people as { viewer: Person; reporter: Person };
    const people = [viewer, reporter];
    const addresses = pages.map(({ path }) => world.addresses[path] ?? path);
    const tries = Array.from({ length: REQUESTS }, (_, i) => ({
      who: people[i % 2] as Person,
      other: people[(i + 1) % 2] as Person,
      address: addresses[Math.floor(i / 2) % addresses.length] ?? "",
      asRouter: i % 5 === 0,
    }));
    const answers = await eachOf(
      tries,
      ({ who, address, asRouter }) =>
        asRouter ? visitAsRouter(url, address, who, { headers: { rsc: "1" } }) : visit(url, address, who),
      16,
    );
    const crossed = tries.flatMap(({ who, other, address }, i) => {
      const body = answers[i]?.body ?? "";
      return body.includes(other.username) || body.includes(other.actingKey) ? [`${who.key} ${address}`] : [];
    });
    expect(crossed).toEqual([]);
    const own = tries.filter(({ who }, i) => answers[i]?.body.includes(who.username)).length;
    expect(own, "most answers do carry the own name").toBeGreaterThan(REQUESTS / 2);
  });
});
