import type { Image, Nodes, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";
import { plainText } from "./plain-text";
import { generatedText } from "./tables";
import { type Block, type GeneratedTable, generatedTables, type ManualPage, type Section } from "./types";

type FrontMatter = { title: string; summary: string; order: number; screens: string[] };
export type Parsed = ManualPage & { order: number };

/**
 * @param source markdown with a head between two lines `---`: title, summary, order, and screens separated by commas.
 * @throws Error when the head or something in the text is not as it should be, with the place.
 */
export function parsePage(slug: string, source: string): Parsed {
  const [, head, body] = /^---\n(.*?)\n---\n(.*)$/s.exec(source.replaceAll("\r\n", "\n")) ?? [];
  if (head === undefined || body === undefined) throw new Error(`${slug}: no head between two lines ---`);
  const facts = readHead(slug, head);
  const tree = fromMarkdown(body, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
  const blocks = blocksOf(slug, tree.children);
  return { slug, ...facts, blocks, sections: sectionsOf(facts, blocks) };
}

function readHead(slug: string, head: string): FrontMatter {
  const entries = new Map(
    head.split("\n").map((line) => {
      const [, name = "", value = ""] = /^(\w+):\s*(.*)$/.exec(line) ?? [];
      return [name, value.trim()];
    }),
  );
  const [title, summary, order] = [entries.get("title"), entries.get("summary"), Number(entries.get("order"))];
  if (!title || !summary || !Number.isInteger(order)) throw new Error(`${slug}: title, summary and order are needed`);
  const screens = (entries.get("screens") ?? "").split(",").flatMap((screen) => screen.trim() || []);
  return { title, summary, order, screens };
}

function blocksOf(slug: string, nodes: readonly RootContent[]): Block[] {
  const ids = new Set<string>();
  const captions = new Set<string>();
  let above = "Overview";
  return nodes.map((node): Block => {
    if (node.type === "heading") {
      above = plainText(node);
      if (node.depth !== 2 && node.depth !== 3) throw new Error(`${slug}: "${above}" is no heading of level 2 or 3`);
      return { kind: "heading", id: unused(ids, slugOf(above), "-"), depth: node.depth, text: above, node };
    }
    if (node.type === "table") return { kind: "table", caption: unused(captions, above, " "), node };
    if (node.type === "code" && isGenerated(node.lang))
      return { kind: "generated", caption: unused(captions, above, " "), name: node.lang };
    const image = pictureOf(node);
    if (image) return { kind: "picture", name: image.url.replace(/^picture:/, ""), alt: image.alt ?? "" };
    return { kind: "text", node: checked(slug, node) };
  });
}

/** @returns the text, or with a number behind it when it was used before. */
function unused(used: Set<string>, text: string, separator: string): string {
  let [unique, number] = [text, 1];
  while (used.has(unique)) unique = `${text}${separator}${++number}`;
  used.add(unique);
  return unique;
}

const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/['’"“”]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

const isGenerated = (lang: string | null | undefined): lang is GeneratedTable =>
  generatedTables.some((name) => name === lang);

/** A paragraph of nothing but `![what it shows](picture:name)`. */
function pictureOf(node: RootContent): Image | null {
  const [only, ...others] = node.type === "paragraph" ? node.children : [];
  return only?.type === "image" && others.length === 0 && only.url.startsWith("picture:") ? only : null;
}

function checked(slug: string, node: RootContent): Extract<Block, { kind: "text" }>["node"] {
  for (const inner of [node, ...descendants(node)]) {
    if (inner.type === "html") throw new Error(`${slug}: no HTML in the manual: ${inner.value}`);
    if (inner.type === "image") throw new Error(`${slug}: a picture stands alone, by its name: ${inner.url}`);
  }
  return node as Extract<Block, { kind: "text" }>["node"];
}

const descendants = (node: Nodes): Nodes[] =>
  "children" in node ? node.children.flatMap((child) => [child, ...descendants(child)]) : [];

function sectionsOf({ title, summary }: FrontMatter, blocks: readonly Block[]): Section[] {
  const sections: Section[] = [{ id: null, heading: title, text: summary }];
  for (const block of blocks) {
    if (block.kind === "heading") sections.push({ id: block.id, heading: block.text, text: "" });
    else {
      const last = sections.at(-1) as Section;
      last.text = `${last.text} ${plain(block)}`.replace(/\s+/g, " ").trim();
    }
  }
  return sections;
}

function plain(block: Exclude<Block, { kind: "heading" }>): string {
  if (block.kind === "generated") return generatedText(block.name);
  return block.kind === "picture" ? block.alt : plainText(block.node);
}
