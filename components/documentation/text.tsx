import { Lightbulb } from "lucide-react";
import type { BlockContent, DefinitionContent, List } from "mdast";
import { Inline } from "./inline";

type Node = BlockContent | DefinitionContent;

/** Paragraphs, lists, notes and code of the manual. */
export function Text({ node }: { node: Node }) {
  switch (node.type) {
    case "paragraph":
      return (
        <p className="max-w-prose">
          <Inline nodes={node.children} />
        </p>
      );
    case "list":
      return <Items list={node} />;
    case "blockquote":
      return (
        <div className="flex max-w-prose gap-2.5 rounded-md border border-line bg-accent-soft px-3 py-2">
          <Lightbulb aria-hidden className="mt-1 size-4.5 shrink-0 text-accent" />
          <div className="grid min-w-0 gap-2">
            <Texts nodes={node.children} />
          </div>
        </div>
      );
    case "code":
      return (
        <pre className="max-w-prose whitespace-pre-wrap rounded-md bg-sunken px-3 py-2 [overflow-wrap:anywhere]">
          <code>{node.value}</code>
        </pre>
      );
    default:
      return null;
  }
}

function Texts({ nodes }: { nodes: readonly Node[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change their order
  return nodes.map((node, index) => <Text key={index} node={node} />);
}

function Items({ list }: { list: List }) {
  const items = list.children.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the items of a list never change their order
    <li key={index} className="pl-1">
      <div className="grid gap-1.5">
        <Texts nodes={item.children} />
      </div>
    </li>
  ));
  return list.ordered ? (
    <ol start={list.start ?? 1} className="grid max-w-prose list-decimal gap-1.5 pl-6 marker:text-muted">
      {items}
    </ol>
  ) : (
    <ul className="grid max-w-prose list-disc gap-1.5 pl-5 marker:text-muted">{items}</ul>
  );
}
