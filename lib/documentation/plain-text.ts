import type { Nodes } from "mdast";

/** @returns the text of a node without its looks. Items of a list and cells of a table are told apart by spaces, words of a sentence are not. */
export function plainText(node: Nodes): string {
  if ("value" in node) return node.value;
  if (!("children" in node)) return " ";
  const isSentence = ["paragraph", "heading", "strong", "emphasis", "link", "tableCell"].includes(node.type);
  return node.children.map(plainText).join(isSentence ? "" : " ");
}
