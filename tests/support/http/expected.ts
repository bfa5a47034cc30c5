import { type Gate, type PagePath, pages } from "@/lib/access/registry";
import type { Person } from "./people";
import type { World } from "./world";

export type Expected = { status: number; location?: string };

const isSignedIn = ({ key }: Person): boolean => key !== "nobody" && key !== "disabled";

/** What a page must answer this person, told from the registry and the rights of their role alone. */
export function expectedOf(path: PagePath, gate: Gate, who: Person): Expected {
  if (path === "/setup") return { status: 307, location: "/login" };
  if (path === "/login") return isSignedIn(who) ? { status: 307, location: "/dashboard" } : { status: 200 };
  if (!isSignedIn(who)) return { status: 307, location: "/login" };
  if (who.key === "mustChange" && gate !== "signed-in") return { status: 307, location: "/account" };
  return mayPass(gate, who) ? { status: 200 } : { status: 403 };
}

/** @returns whether an action or page behind this gate is open to them, as far as roles decide. */
export function mayPass(gate: Gate, who: Person): boolean {
  if (gate === "public") return true;
  if (!isSignedIn(who)) return false;
  return gate === "signed-in" ? who.roles.length > 0 : who.rights.has(gate);
}

export type Visit = { path: PagePath; title: string; gate: Gate; address: string; who: Person; expected: Expected };

/** Every page of the registry with every person. */
export function everyVisit({ people, addresses }: World): Visit[] {
  return pages.flatMap(({ path, title, gate }) =>
    Object.values(people).map((who) => {
      const address = path.includes("[id]") ? addresses[path] : path;
      if (!address) throw new Error(`No row was planted for ${path}.`);
      return { path, title, gate, address, who, expected: expectedOf(path, gate, who) };
    }),
  );
}

/** @returns a name for what was tried, for failures: "viewer /settings". */
export const named = ({ who, address }: Pick<Visit, "who" | "address">): string => `${who.key} ${address}`;
