import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pages } from "@/lib/access/registry";
import { dropped, type Items, idOf, moved, pagesIn, readingOrder, replaced, turned, without } from "@/lib/menus/moving";
import { defaultItems, effectiveMenus, menuOf, menusOf, shownOf } from "@/lib/menus/rules";
import { itemsSchema } from "@/lib/menus/schema";
import { isGroup, type LinkablePage, linkablePages, menuKeys, type StoredMenuItem } from "@/lib/menus/types";

const page = (path: string, group: string | null = null): LinkablePage => ({
  path,
  title: path.slice(1),
  gate: "signed-in",
  menus: ["main"],
  group,
});
const made = [page("/a"), page("/b"), page("/c"), page("/x", "X"), page("/y", "X")];
const stored = (items: StoredMenuItem[], ...unknown: string[]) => ({
  items,
  knownPages: made.map(({ path }) => path).filter((path) => !unknown.includes(path)),
  version: 3,
});
const link = (path: string) => ({ page: path });

/** Any menu over the pages there are: groups, names, hidden ones; each page at most once. */
const anyMenu = fc
  .tuple(
    fc.shuffledSubarray(linkablePages.map(({ path }) => path)),
    fc.infiniteStream(fc.record({ group: fc.nat(4), hidden: fc.boolean(), label: fc.option(fc.constant("Own name")) })),
  )
  .map(([paths, details]) => {
    const items: StoredMenuItem[] = [];
    for (const path of paths) {
      const { group, hidden, label } = details.next().value as { group: number; hidden: boolean; label: string | null };
      const one = { page: path, ...(label && { label }), ...(hidden && { hidden: true as const }) };
      const home = items.find((item) => isGroup(item) && item.label === `Group ${group}`);
      if (group > 2) items.push(one);
      else if (home && isGroup(home)) home.items.push(one);
      else items.push({ label: `Group ${group}`, items: [one] });
    }
    return items;
  });

describe("what is stored survives upgrades", () => {
  test("a menu that is not stored, or knows no page, is as the registry has it", () => {
    const fresh = { items: [], knownPages: [], version: 7 };
    const items = [link("/a"), link("/b"), link("/c"), { label: "X", items: [link("/x"), link("/y")] }];
    expect(menuOf("main", undefined, made)).toEqual({ items, newPages: [], version: 0, isStored: false });
    expect(menuOf("main", fresh, made)).toEqual({ items, newPages: [], version: 7, isStored: false });
  });

  test("a later page stands after the neighbour that the registry gives it, wherever that is now, and is new", () => {
    const { items, newPages } = menuOf("main", stored([link("/c"), link("/a")], "/b"), made);
    expect(items).toEqual([link("/c"), link("/a"), link("/b")]);
    expect(newPages).toEqual(["/b"]);
    expect(menuOf("main", stored([link("/c")], "/a", "/b"), made).items).toEqual([link("/a"), link("/b"), link("/c")]);
  });

  test("a later page of a group goes into that group, into the one its siblings are in, or into a new one", () => {
    const inGroup = (label: string, path: string) => stored([link("/a"), { label, items: [link(path)] }], "/y");
    expect(menuOf("main", inGroup("X", "/c"), made).items[1]).toEqual({ label: "X", items: [link("/c"), link("/y")] });
    expect(menuOf("main", inGroup("Old", "/x"), made).items[1]).toEqual({
      label: "Old",
      items: [link("/x"), link("/y")],
    });
    expect(menuOf("main", stored([link("/a")], "/y"), made).items[1]).toEqual({ label: "X", items: [link("/y")] });
  });

  test("a page that an administrator took out stays out; a page that is gone disappears", () => {
    expect(menuOf("main", stored([link("/a"), { label: "G", items: [link("/gone")] }]), made)).toMatchObject({
      items: [link("/a"), { label: "G", items: [] }],
      newPages: [],
    });
  });

  test("any stored menu keeps its order, loses no page, doubles none, and gets every page it does not know", () => {
    fc.assert(
      fc.property(
        anyMenu,
        fc.subarray(pages.map(({ path }) => path)),
        fc.constantFrom(...menuKeys),
        (items, known, key) => {
          fc.pre(known.length > 0);
          const menu = menuOf(key, { items, knownPages: [...known], version: 1 });
          const linked = pagesIn(menu.items);
          const later = linkablePages.filter(
            ({ path, menus }) => menus.includes(key) && !(known as string[]).includes(path),
          );
          expect(new Set(linked).size).toBe(linked.length);
          expect(new Set(linked)).toEqual(new Set([...pagesIn(items), ...later.map(({ path }) => path)]));
          expect(linked.filter((path) => pagesIn(items).includes(path))).toEqual(
            pagesIn(items).filter((path) => linked.includes(path)),
          );
          expect(itemsSchema.safeParse(menu.items).success).toBe(true);
        },
      ),
    );
  });
});

describe("what a role is shown", () => {
  test("links it may open, in order, under their own names; hidden ones and empty groups are not there", () => {
    const items: StoredMenuItem[] = [
      { page: "/jobs", label: "Machines" },
      { label: "Empty for them", items: [link("/audit-log")] },
      { label: "Hidden", hidden: true, items: [link("/tickets")] },
      link("/inbox"),
      { page: "/reports", hidden: true },
      { label: "Desk", items: [link("/remarks"), { page: "/run-checks", hidden: true }] },
    ];
    expect(shownOf(items, (path) => path !== "/audit-log")).toEqual([
      { label: null, items: [{ href: "/jobs", label: "Machines" }] },
      { label: null, items: [{ href: "/inbox", label: "Inbox" }] },
      { label: "Desk", items: [{ href: "/remarks", label: "Remarks" }] },
    ]);
  });

  test("nobody is ever shown a link they may not open, nor a group without one", () => {
    fc.assert(
      fc.property(anyMenu, fc.subarray(linkablePages.map(({ path }) => path)), (items, open) => {
        const menus = effectiveMenus({ main: { items, knownPages: ["/"], version: 1 } }, (path) => open.includes(path));
        const groups = menuKeys.flatMap((key) => menus[key]);
        expect(groups.every(({ items: links }) => links.length > 0)).toBe(true);
        expect(groups.flatMap(({ items: links }) => links).every(({ href }) => open.includes(href))).toBe(true);
      }),
    );
  });

  test("by default every page of the main menu is in it once, and no page with a row in its address is anywhere", () => {
    const listed = pages.filter((one) => "menu" in one && [one.menu].flat().includes("Main"));
    expect(pagesIn(defaultItems("main")).sort()).toEqual(listed.map(({ path }) => path).sort());
    const all = menuKeys.flatMap((key) => pagesIn(menusOf({})[key].items));
    expect(all.filter((path) => path.includes("[") || ["/login", "/setup"].includes(path))).toEqual([]);
  });
});

describe("moving", () => {
  const items: Items = [link("/a"), { label: "G", items: [link("/x"), link("/y")] }, link("/b")];
  const order = (menu: Items) => readingOrder(menu).map(idOf);

  test("up and down stay among siblings; into and out cross the border of the nearest group", () => {
    expect(order(moved(items, "/b", "up"))).toEqual(["/a", "/b", "group G", "/x", "/y"]);
    expect(order(moved(items, "group G", "up"))).toEqual(["group G", "/x", "/y", "/a", "/b"]);
    expect(moved(items, "/a", "into")).toEqual([
      { label: "G", items: [link("/a"), link("/x"), link("/y")] },
      link("/b"),
    ]);
    expect(moved(items, "/b", "into")).toEqual([
      link("/a"),
      { label: "G", items: [link("/x"), link("/y"), link("/b")] },
    ]);
    expect(moved(items, "/x", "out")).toEqual([
      link("/a"),
      { label: "G", items: [link("/y")] },
      link("/x"),
      link("/b"),
    ]);
    expect(moved(items, "/x", "up")).toBe(items);
    expect(moved(items, "group G", "into")).toBe(items);
  });

  test("a group cannot be let go in a group, nothing beside itself; removing a group keeps its links", () => {
    const two: Items = [...items, { label: "H", items: [] }];
    expect(dropped(two, "group H", { id: "group G", place: "inside" })).toBe(two);
    expect(dropped(two, "group H", { id: "/x", place: "after" })).toBe(two);
    expect(dropped(two, "/a", { id: "/a", place: "after" })).toBe(two);
    expect(order(without(items, "group G"))).toEqual(["/a", "/x", "/y", "/b"]);
  });

  test("no row of moves, drops and turns loses or doubles an item, or nests groups", () => {
    const step = fc.record({ from: fc.nat(), to: fc.nat(), how: fc.nat(8) });
    fc.assert(
      fc.property(anyMenu, fc.array(step, { maxLength: 12 }), (menu, steps) => {
        let now: Items = menu;
        for (const { from, to, how } of steps) {
          const rows = readingOrder(now);
          const [one, other] = [rows[from % rows.length], rows[to % rows.length]];
          if (!one || !other) return;
          const direction = (["up", "down", "into", "out"] as const)[how];
          const place = (["before", "after", "inside"] as const)[how - 4];
          if (direction) now = moved(now, idOf(one), direction);
          else if (place) now = dropped(now, idOf(one), { id: idOf(other), place });
          else now = replaced(now, idOf(one), turned(one));
        }
        expect(readingOrder(now).map(idOf).sort()).toEqual(readingOrder(menu).map(idOf).sort());
        expect(itemsSchema.safeParse(now).success).toBe(true);
      }),
    );
  });
});

describe("what may be stored", () => {
  const refusal = (items: unknown) => itemsSchema.safeParse(items).error?.issues[0]?.message;
  const many = Array.from({ length: 101 }, (_, i) => ({ label: `Group ${i}`, items: [] }));

  test.each([
    ["a page twice", [link("/jobs"), { label: "G", items: [link("/jobs")] }]],
    [
      "two groups of one name",
      [
        { label: "G", items: [] },
        { label: "g", items: [] },
      ],
    ],
    ["a group in a group", [{ label: "G", items: [{ label: "H", items: [] }] }]],
    ["a page with a row in its address", [link("/jobs/[id]")]],
    ["the page to sign in", [link("/login")]],
    ["an address that is not of this product", [link("https://example.org/")]],
    ["a name of 41 characters", [{ page: "/jobs", label: "x".repeat(41) }]],
    ["a name of blanks", [{ label: "  ", items: [] }]],
    ["more than it may say", [{ page: "/jobs", href: "https://example.org/" }]],
    ["101 groups", many],
    ["something else", { page: "/jobs" }],
  ])("not %s", (_what, items) => {
    expect(refusal(items)).toBeTruthy();
  });

  test("names are trimmed, and the page's own name is none", () => {
    expect(
      itemsSchema.parse([
        { page: "/jobs", label: " Jobs " },
        { label: " G ", items: [] },
      ]),
    ).toEqual([link("/jobs"), { label: "G", items: [] }]);
    expect(refusal(many.slice(1))).toBeUndefined();
  });
});
