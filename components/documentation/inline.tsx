import type { PhrasingContent } from "mdast";
import Link from "next/link";
import { Fragment } from "react";
import { hrefOfLink } from "@/lib/documentation/links";

/** What stands inside of a paragraph, a heading or a cell. */
export function Inline({ nodes }: { nodes: readonly PhrasingContent[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change their order
  return nodes.map((node, index) => <Fragment key={index}>{inline(node)}</Fragment>);
}

function inline(node: PhrasingContent) {
  switch (node.type) {
    case "text":
      return node.value;
    case "strong":
      return (
        <strong className="font-semibold">
          <Inline nodes={node.children} />
        </strong>
      );
    case "emphasis":
      return (
        <em>
          <Inline nodes={node.children} />
        </em>
      );
    case "inlineCode":
      return <code className="break-words rounded bg-sunken px-1 py-0.5">{node.value}</code>;
    case "link":
      return (
        <Link href={hrefOfLink(node.url)} prefetch={false} className="underline">
          <Inline nodes={node.children} />
        </Link>
      );
    case "break":
      return <br />;
    default:
      return null;
  }
}
