import "server-only";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Parsed, parsePage } from "./parse";
import type { ManualPage } from "./types";

const folder = path.join(process.cwd(), "docs/manual");

let kept: ManualPage[] | null = null;
const parsed = new Map<string, { source: string; page: Parsed }>();

/** @returns the manual in its order. A built server reads it once; while it is being written, what has changed is read again. */
export function manual(): ManualPage[] {
  if (kept && process.env.NODE_ENV === "production") return kept;
  kept = readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .map((name) => pageOf(name.replace(/\.md$/, ""), readFileSync(path.join(folder, name), "utf8")))
    .sort((a, b) => a.order - b.order);
  return kept;
}

function pageOf(slug: string, source: string): Parsed {
  const known = parsed.get(slug);
  if (known?.source === source) return known.page;
  const page = parsePage(slug, source);
  parsed.set(slug, { source, page });
  return page;
}
