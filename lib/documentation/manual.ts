import "server-only";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parsePage } from "./parse";
import type { ManualPage } from "./types";

const folder = path.join(process.cwd(), "docs/manual");

let kept: ManualPage[] | null = null;

/** @returns the manual in its order. Read once by a built server; for each request while it is being written. */
export function manual(): ManualPage[] {
  if (kept && process.env.NODE_ENV === "production") return kept;
  kept = readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .map((name) => parsePage(name.replace(/\.md$/, ""), readFileSync(path.join(folder, name), "utf8")))
    .sort((a, b) => a.order - b.order);
  return kept;
}
