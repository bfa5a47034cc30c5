import { readdirSync, readFileSync } from "node:fs";
import type { Nodes } from "mdast";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { Blocks } from "@/components/documentation/blocks";
import { RightsTable } from "@/components/documentation/rights-table";
import { builtInRoles, defaultRights, pageAt, pages, rights } from "@/lib/access/registry";
import { pageAbout } from "@/lib/documentation/help";
import { manual } from "@/lib/documentation/manual";
import { parsePage } from "@/lib/documentation/parse";
import { pictureBytes } from "@/lib/documentation/pictures";
import { rightRows } from "@/lib/documentation/tables";
import type { ManualPage } from "@/lib/documentation/types";

const head = "---\ntitle: A\nsummary: B\norder: 1\n---\n";
const rendered = (page: ManualPage) => renderToStaticMarkup(createElement(Blocks, { blocks: page.blocks }));

describe.each(manual().map((page) => [page.slug, page] as const))("the page %s", (slug, page) => {
  test("renders all of its text", () => {
    const html = rendered(page);
    for (const { heading } of page.sections.slice(1)) expect(html).toContain(escaped(heading));
    expect(html.length).toBeGreaterThan(500);
    expect(html).not.toMatch(/\*\*|\]\(|\|---/);
  });

  test("links to pages and headings that exist, screens by their names", () => {
    const own = page.blocks.flatMap((block) => (block.kind === "heading" ? block.id : []));
    for (const { url, text } of linksOf(page)) {
      const [file = "", anchor] = url.split("#");
      if (url.startsWith("/")) expect(text, `${slug}: ${url}`).toBe(pageAt(url)?.title);
      else if (file === "") expect(own, `${slug}: ${url}`).toContain(anchor);
      else expect(`${file}${anchorOf(file, anchor)}`, `${slug}: ${url}`).toBe(url);
    }
  });

  test("names nothing in bold that is not written in the product", () => {
    const unknown = boldOf(page).filter((label) => !label.split("…").every((part) => sources.includes(part.trim())));
    expect(unknown).toEqual([]);
  });

  test("is about screens that there are", () => {
    const listed: string[] = pages.map(({ path }) => path);
    expect(page.screens.filter((screen) => !listed.includes(screen))).toEqual([]);
  });
});

test("the manual has an order, and titles, captions and headings of their own", () => {
  expect(new Set(manual().map(({ title }) => title)).size).toBe(manual().length);
  expect(manual()[0]?.slug).toBe("first-steps");
  for (const { slug, blocks } of manual()) {
    const captions = blocks.flatMap((block) => ("caption" in block ? block.caption : []));
    const ids = blocks.flatMap((block) => ("id" in block ? block.id : []));
    expect(new Set(captions).size, slug).toBe(captions.length);
    expect(new Set(ids).size, slug).toBe(ids.length);
  }
});

test("every page of the registry has a page of the manual, the nearest one", () => {
  const without = pages
    .filter(({ path }) => !pageAbout(manual(), path.replace("[id]", "0193")))
    .map(({ path }) => path);
  expect(without).toEqual(["/documentation", "/documentation/[id]"]);
  const slugOf = (address: string) => pageAbout(manual(), address)?.slug;
  expect(slugOf("/settings/users/0193")).toBe("users-and-roles");
  expect(slugOf("/settings")).toBe("settings");
  expect(slugOf("/settings/menus")).toBe("menus");
  expect(slugOf("/runs/0193")).toBe("run-checks");
  for (const odd of ["", "/", "//", "/runs", "/settingsx", "nonsense", "/../settings"])
    expect(slugOf(odd)).toBeUndefined();
});

test("the table of rights is that of the registry", () => {
  expect(rightRows().map(({ right }) => right)).toEqual(rights.map(({ right }) => right));
  const html = renderToStaticMarkup(createElement(RightsTable, { caption: "Rights" }));
  const rows = [...html.matchAll(/<tr[^>]*>(.*?)<\/tr>/g)].map(([, row = ""]) => row);
  const columns = [...(rows[0] ?? "").matchAll(/<th[^>]*>([^<]*)/g)].map(([, name]) => name);
  expect(columns).toEqual(["Area", "Right", ...builtInRoles.map(({ name }) => name)]);
  for (const [at, { right, label, area }] of rights.entries()) {
    const row = rows[at + 1] ?? "";
    expect(row).toContain(escaped(label));
    expect(row).toContain(escaped(area));
    const marks = [...row.matchAll(/sr-only">(Yes|No)</g)].map(([, mark]) => mark);
    expect(marks, right).toEqual(builtInRoles.map(({ key }) => (defaultRights(key).includes(right) ? "Yes" : "No")));
  }
});

test.each([
  ["no head", "text", "no head"],
  ["no title", "---\nsummary: B\norder: 1\n---\n", "title"],
  ["an order that is none", "---\ntitle: A\nsummary: B\norder: first\n---\n", "order"],
  ["a heading of the wrong level", `${head}# One`, "level 2 or 3"],
  ["HTML", `${head}Text <b>bold</b>`, "no HTML"],
  ["a picture from elsewhere", `${head}See ![x](https://example.org/x.png) here`, "a picture stands alone"],
])("a page with %s is refused by name", (_name, source, sentence) => {
  expect(() => parsePage("planted", source)).toThrow(sentence);
});

test("headings of the same name get addresses of their own", () => {
  const { blocks } = parsePage("planted", `${head}## What's new?\n\n## What's new?`);
  expect(blocks.map((block) => "id" in block && block.id)).toEqual(["whats-new", "whats-new-2"]);
});

test("the door of pictures hands out nothing but pictures", () => {
  for (const name of ["", "../first-steps", "..%2f..%2fpackage", "a/b", "A", "x".repeat(200), "first-steps.md"])
    expect(pictureBytes(name)).toBeNull();
});

const escaped = (text: string): string => renderToStaticMarkup(createElement("i", null, text)).slice(3, -4);

/** What is written in the product, in one line: labels may stand over several. */
const sources = ["app", "components", "lib"]
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`))
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => readFileSync(file, "utf8").replace(/\s+/g, " "))
  .join("\n");

function anchorOf(file: string, anchor: string | undefined): string {
  const page = manual().find(({ slug }) => `${slug}.md` === file);
  if (!page) return " does not exist";
  if (anchor === undefined) return "";
  return page.sections.some(({ id }) => id === anchor) ? `#${anchor}` : ` has no heading ${anchor}`;
}

const nodesOf = (node: Nodes): Nodes[] => [node, ...("children" in node ? node.children.flatMap(nodesOf) : [])];
const allOf = (page: ManualPage): Nodes[] =>
  page.blocks.flatMap((block) => ("node" in block ? nodesOf(block.node) : []));
const textOf = (node: Nodes): string =>
  "value" in node ? node.value : "children" in node ? node.children.map(textOf).join("") : "";
const linksOf = (page: ManualPage) =>
  allOf(page).flatMap((node) => (node.type === "link" ? { url: node.url, text: textOf(node) } : []));
const boldOf = (page: ManualPage) => allOf(page).flatMap((node) => (node.type === "strong" ? textOf(node) : []));
