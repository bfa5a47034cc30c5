import type { BlockContent, DefinitionContent, Heading, Table } from "mdast";

/** What a page of the manual consists of, from top to bottom. */
export type Block =
  | { kind: "heading"; id: string; depth: 2 | 3; text: string; node: Heading }
  | { kind: "table"; caption: string; node: Table }
  | { kind: "generated"; caption: string; name: GeneratedTable }
  | { kind: "picture"; name: string; alt: string }
  | { kind: "text"; node: BlockContent | DefinitionContent };

/** Tables that are made from the registry, never typed: a fenced block of this name stands where one belongs. */
export const generatedTables = ["rights-table", "pages-table"] as const;
export type GeneratedTable = (typeof generatedTables)[number];

export type ManualPage = {
  slug: string;
  title: string;
  summary: string;
  /** Addresses of the registry's pages that it is about. */
  screens: string[];
  blocks: Block[];
  sections: Section[];
};

/** What stands under one heading, as plain text; the first has none and stands for the whole page. */
export type Section = { id: string | null; heading: string; text: string };
