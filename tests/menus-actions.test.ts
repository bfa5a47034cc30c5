import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { allRights, type Right } from "@/lib/access/registry";
import { db, transaction } from "@/lib/db";
import { auditEntries } from "@/lib/db/schema/access";
import { menus } from "@/lib/db/schema/menus";
import { restoreMenu, saveMenu } from "@/lib/menus/actions";
import { getMenus, getMenusOfRoles } from "@/lib/menus/queries";
import { defaultItems, menusOf, withBadges } from "@/lib/menus/rules";
import { menusFor, storedMenus } from "@/lib/menus/stored";
import type { StoredMenuItem } from "@/lib/menus/types";
import { type MenuRole, menuWarnings, opensOf } from "@/lib/menus/warnings";
import { accessOf, actAs, Interrupt, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { addRole } from "./support/roles";

let ada: Person;
let vi: Person;
let mia: Person;
let nobody: Person;

beforeAll(async () => {
  await openTestDatabase();
  await addRole("Menu keeper", ["dashboard.view", "menus.manage", "tickets.view"]);
  ada = await person("ada", "Admin");
  vi = await person("vi", "Viewer");
  mia = await person("mia", "Menu keeper");
  nobody = await person("nobody");
});
afterAll(closeTestDatabase);
beforeEach(() => transaction((tx) => tx.delete(menus)));

const save = (who: Person, key: string, version: number, items: unknown) =>
  submit(who, saveMenu, { key, version, items: JSON.stringify(items) });
const link = (page: string, label?: string): StoredMenuItem => ({ page, ...(label && { label }) });
const namesFor = async (who: Person, key: "main" | "header" | "bottom" | "shortcuts" = "main") =>
  (await menusFor(await accessOf(who)))[key].flatMap(({ items }) => items.map(({ label }) => label));
const lastEntry = async () => (await db().select().from(auditEntries).orderBy(auditEntries.at, auditEntries.id)).at(-1);

describe("storing", () => {
  test("what is stored is what roles are shown, each as far as it may open it", async () => {
    const items = [link("/audit-log"), { label: "Desk", items: [link("/tickets", "Problems"), link("/inbox")] }];
    expect(await save(ada, "main", 0, items)).toMatchObject({ status: "done", data: { version: 1 } });
    expect(await namesFor(ada)).toEqual(["Audit Log", "Problems", "Inbox"]);
    expect(await namesFor(vi)).toEqual(["Problems", "Inbox"]);
    expect(await namesFor(mia)).toEqual(["Problems"]);
    expect(await namesFor(nobody)).toEqual([]);
    expect(await namesFor(vi, "header")).toEqual(["Documentation"]);
  });

  test("the audit log says what it was and what it is, in words", async () => {
    await save(ada, "bottom", 0, [link("/jobs", "Machines"), { label: "Empty", hidden: true, items: [] }]);
    expect(await lastEntry()).toMatchObject({
      action: "menu.update",
      target: "Bottom",
      actor: "ada",
      before: { Links: "" },
      after: { Links: "Machines (Jobs); Empty:, hidden" },
    });
  });

  test("the second of two editors is told who was first, and changes nothing", async () => {
    await save(ada, "header", 0, [link("/jobs")]);
    const late = await save(mia, "header", 0, [link("/tickets")]);
    expect(late).toMatchObject({ status: "refused", message: "ada changed this menu meanwhile. Nothing was stored." });
    expect((await storedMenus(db())).header).toMatchObject({ items: [link("/jobs")], version: 1 });
    expect(await save(mia, "header", 1, [link("/tickets")])).toMatchObject({ status: "done", data: { version: 2 } });
  });

  test("a menu put back to its default counts on, so an editor from before is still told", async () => {
    await save(ada, "main", 0, [link("/jobs")]);
    expect(await submit(ada, restoreMenu, { key: "main", version: 1 })).toMatchObject({ data: { version: 2 } });
    expect(menusOf(await storedMenus(db())).main).toEqual({
      items: defaultItems("main"),
      newPages: [],
      version: 2,
      isStored: false,
    });
    expect(await lastEntry()).toMatchObject({ action: "menu.restore", before: { Links: "Jobs" } });
    expect(await save(mia, "main", 1, [link("/tickets")])).toMatchObject({ status: "refused" });
    expect(await submit(ada, restoreMenu, { key: "main", version: 1 })).toMatchObject({ status: "refused" });
  });

  test("what cannot be a menu is refused with a sentence, and nothing is stored", async () => {
    expect((await save(ada, "main", 0, [link("/login")])).errors).toEqual({
      items: "A page of this menu does not exist any more.",
    });
    expect((await save(ada, "main", 0, [link("/jobs"), link("/jobs")])).errors).toEqual({
      items: "A page is linked twice in this menu.",
    });
    expect((await submit(ada, saveMenu, { key: "main", version: 0, items: "[" })).errors).toEqual({
      items: "This menu cannot be read.",
    });
    expect((await save(ada, "other", 0, [])).errors).toEqual({ key: "This menu does not exist." });
    expect(await db().select().from(menus)).toEqual([]);
  });

  test("only who manages menus stores or reads them as a whole; each refusal is noted once", async () => {
    for (const tried of [() => save(vi, "main", 0, []), () => submit(vi, restoreMenu, { key: "main", version: 0 })]) {
      const before = (await db().select().from(auditEntries).where(eq(auditEntries.actor, "vi"))).length;
      await expect(tried()).rejects.toEqual(new Interrupt("forbidden"));
      const entries = await db().select().from(auditEntries).where(eq(auditEntries.actor, "vi"));
      expect(entries.length).toBe(before + 1);
    }
    actAs(vi);
    await expect(getMenus()).rejects.toEqual(new Interrupt("forbidden"));
    actAs(mia);
    await expect(getMenusOfRoles()).rejects.toEqual(new Interrupt("forbidden"));
    expect((await getMenus()).roles.map(({ name }) => name)).toContain("Viewer");
  });
});

test("numbers stand behind their links, zero does not", () => {
  const groups = [
    {
      label: null,
      items: [
        { href: "/inbox", label: "Inbox" },
        { href: "/jobs", label: "Jobs" },
      ],
    },
  ];
  const badges = (count: number) => withBadges(groups, { "/inbox": count })[0]?.items.map(({ badge }) => badge);
  expect(badges(3)).toEqual([3, undefined]);
  expect(badges(0)).toEqual([undefined, undefined]);
});

describe("warnings", () => {
  const role = (name: string, ...rights: Right[]): MenuRole => ({
    id: name,
    name,
    everything: false,
    opens: opensOf(new Set(rights)),
  });
  const admin: MenuRole = { ...role("Admin", ...allRights()), everything: true };
  const viewer = role("Viewer", "tickets.view");
  const none = { items: [] };
  const texts = (main: StoredMenuItem[], roles: MenuRole[], header: StoredMenuItem[] = []) =>
    menuWarnings({ main: { items: main }, header: { items: header }, bottom: none, shortcuts: none }, roles).map(
      ({ text }) => text,
    );

  test("a page that a role may open and no menu shows, also when its link or the group around it is hidden", () => {
    const missing = "Viewer may open Tickets, but no menu links to it";
    expect(texts([link("/remarks"), link("/documentation")], [viewer])).toEqual([missing]);
    expect(texts([{ page: "/tickets", hidden: true }], [viewer])).toContain(missing);
    expect(texts([{ label: "G", hidden: true, items: [{ page: "/tickets" }] }], [viewer])).toContain(missing);
    expect(texts([], [viewer], [link("/tickets")])).not.toContain(missing);
  });

  test("a link that only Admin, or nobody, is shown", () => {
    expect(texts([{ label: "G", items: [{ page: "/audit-log" }] }], [admin, viewer])).toContain(
      "Main > Audit Log is shown to nobody but Admin",
    );
    expect(texts([link("/audit-log", "Log")], [viewer])).toContain("Main > Log is shown to nobody");
    expect(texts([{ page: "/tickets", hidden: true }], [admin, viewer])).toContain(
      "Main > Tickets is shown to nobody: it is hidden",
    );
    expect(texts([link("/tickets")], [admin, viewer]).join()).not.toContain("Main > Tickets");
  });

  test("with the default menus and roles every role finds all it may open", async () => {
    actAs(ada);
    const { menus: stored, roles } = await getMenus();
    expect(menuWarnings(stored, roles).filter(({ kind }) => kind !== "only-admin")).toEqual([]);
  });
});
