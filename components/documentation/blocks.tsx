import type { Table as TableNode } from "mdast";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { plainText } from "@/lib/documentation/plain-text";
import type { Block } from "@/lib/documentation/types";
import { Figure } from "./figure";
import { Inline } from "./inline";
import { PagesTable } from "./pages-table";
import { RightsTable } from "./rights-table";
import { Text } from "./text";

/** A page of the manual, from top to bottom. */
export function Blocks({ blocks }: { blocks: readonly Block[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a page never change their order
  return blocks.map((block, index) => <One key={index} block={block} />);
}

function One({ block }: { block: Block }) {
  switch (block.kind) {
    case "heading":
      return <Heading block={block} />;
    case "table":
      return <Written caption={block.caption} table={block.node} />;
    case "generated":
      return block.name === "rights-table" ? (
        <RightsTable caption={block.caption} />
      ) : (
        <PagesTable caption={block.caption} />
      );
    case "picture":
      return <Figure name={block.name} alt={block.alt} />;
    case "text":
      return <Text node={block.node} />;
  }
}

/** A link to itself, so that its address can be copied. */
function Heading({ block: { id, depth, node } }: { block: Extract<Block, { kind: "heading" }> }) {
  const Level = depth === 2 ? "h2" : "h3";
  return (
    <Level
      id={id}
      className={depth === 2 ? "mt-4 scroll-mt-4 border-line border-b pb-1 text-xl" : "mt-2 scroll-mt-4 text-lg"}
    >
      <a href={`#${id}`} className="text-ink no-underline hover:underline">
        <Inline nodes={node.children} />
      </a>
    </Level>
  );
}

function Written({ caption, table: { children } }: { caption: string; table: TableNode }) {
  const [head, ...rows] = children;
  const names = head?.children.map(plainText) ?? [];
  return (
    <Table caption={caption} cards>
      <thead>
        <tr>
          {head?.children.map((cell, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns never change their order
            <Th key={column}>
              <Inline nodes={cell.children} />
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, line) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows never change their order
          <Tr key={line}>
            {row.children.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns never change their order
              <Td key={column} label={names[column]} header={column === 0} className="text-left sm:min-w-32">
                {/* One element: on a phone the cell lays its parts out beside each other. */}
                <span className="min-w-0">
                  <Inline nodes={cell.children} />
                </span>
              </Td>
            ))}
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
