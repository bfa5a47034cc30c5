import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { breaches } from "./support/architecture";

const folders = ["app", "components", "lib"];
const sources = new Map<string, string>([["middleware.ts", readFileSync("middleware.ts", "utf8")]]);
for (const folder of folders) {
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const file = path.join(folder, name).split(path.sep).join("/");
    if (/\.tsx?$/.test(file)) sources.set(file, readFileSync(file, "utf8"));
  }
}

test("the house is in order", () => {
  expect(breaches(sources)).toEqual([]);
});

describe("a planted fault is found", () => {
  const page = (body: string) => `export default async function X() {\n${body}\n}`;
  const planted: Record<string, [string, string, string]> = {
    "a page without its guard": ["app/(app)/jobs/page.tsx", page("return null;"), "must begin with requirePage"],
    "a page with another page's guard": [
      "app/(app)/jobs/page.tsx",
      page('const access = await requirePage("/inbox");'),
      "must begin with requirePage",
    ],
    "a page that is not in the registry": [
      "app/(app)/secret/page.tsx",
      page('await requirePage("/secret");'),
      "not in the registry",
    ],
    "a query without its guard": [
      "lib/jobs/queries.ts",
      "export async function listJobs() {\n  return db();\n}",
      "must begin with requireRight",
    ],
    "an action that is a plain function": [
      "lib/jobs/actions.ts",
      '"use server";\nexport async function archive() {}',
      "made by action",
    ],
    "an action that is not made by the wrapper": [
      "lib/jobs/actions.ts",
      '"use server";\nexport const archive = async () => {};',
      "made by action",
    ],
    "actions without their directive": [
      "lib/jobs/actions.ts",
      'export const archive = action("jobs.manage");',
      "use server",
    ],
    "a route without a door": ["app/api/jobs/route.ts", "export async function GET() {}", "made by door"],
    "lib that imports a component": [
      "lib/jobs/rules.ts",
      'import { X } from "@/components/jobs/x";',
      "lib must not import",
    ],
    "a component that imports a page": [
      "components/jobs/x.tsx",
      'import X from "../../app/page";',
      "components must not import",
    ],
    "a basic component that knows the product": [
      "components/ui/x.tsx",
      'import { can } from "@/lib/access/can";',
      "components/ui must not import",
    ],
    "a page that reads the database": ["app/(app)/x.tsx", 'import { db } from "@/lib/db";', "use queries"],
    "a noun that imports another": [
      "lib/jobs/queries.ts",
      'import { listRuns } from "../runs/queries";',
      "noun jobs must not import",
    ],
    "a registry that imports": ["lib/access/registry.ts", 'import { x } from "./can";', "imports nothing"],
    "a client file that reads the database": [
      "components/jobs/x.tsx",
      '"use client";\nimport { readAccess } from "@/lib/access/session";',
      "client file must not import",
    ],
    "a role name in a condition": ["components/jobs/x.tsx", 'if (role.name === "Admin") {}', "role name"],
    "a write outside of a transaction": ["lib/jobs/rules.ts", "await db().delete(jobs);", "transaction"],
    "raw SQL": ["lib/jobs/rules.ts", "sql.raw(text)", "raw SQL"],
    "HTML from text": ["components/jobs/x.tsx", "<p dangerouslySetInnerHTML={x} />", "dangerouslySetInnerHTML"],
    "a loading page above a guard": ["app/(app)/loading.tsx", "", "403 into a 200"],
    "a file of more than 200 lines": ["lib/jobs/rules.ts", "\n".repeat(210), "200 lines"],
    "a name in another style": ["lib/jobs/jobRules.ts", "", "kebab-case"],
  };
  test.each(Object.entries(planted))("%s", (_name, [file, text, sentence]) => {
    expect(breaches(new Map([...sources, [file, text]])).join("\n")).toContain(sentence);
  });
});
