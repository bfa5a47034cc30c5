import "server-only";
import { forbidden, redirect } from "next/navigation";
import { cache } from "react";
import { actorOf, auditRefused } from "../audit";
import { clientAddress, wasRefusedAction } from "../request";
import { type Access, passes } from "./can";
import { type Gate, type PagePath, pages } from "./registry";
import { currentAccess } from "./session";

/** First line of every page below `(app)`. @returns the access. @throws a redirect to sign in, or a 403. */
export async function requirePage(path: PagePath): Promise<Access> {
  const page = pages.find((entry) => entry.path === path);
  return require(page?.gate ?? "signed-in", path);
}

/** First line of every query. @returns the access. @throws a redirect to sign in, or a 403. */
export async function requireRight(gate: Gate): Promise<Access> {
  return require(gate, null);
}

async function require(gate: Gate, path: PagePath | null): Promise<Access> {
  const access = await currentAccess();
  if (!access) redirect("/login");
  if (access.mustChangePassword && gate !== "signed-in") redirect("/account");
  if (!passes(access, gate)) {
    await noteRefusal(access, gate, path ?? "");
    forbidden();
  }
  return access;
}

/** Once per request, however many queries of a page are refused, and not when its action was already. */
const noteRefusal = cache(async (access: Access, gate: Gate, path: string): Promise<void> => {
  if (await wasRefusedAction()) return;
  await auditRefused(actorOf(access, await clientAddress()), { action: "page.open", target: path }, `needs ${gate}`);
});
