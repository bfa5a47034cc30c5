import Link from "next/link";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { CoveringRole, ResourceType } from "@/lib/resource-types/queries";
import { MoveType } from "./move-type";
import { TypeControls } from "./type-controls";

type Props = { types: ResourceType[]; roles: CoveringRole[] | null; linksToJobs: boolean };

/** The types in their order: in lists, filters and forms they stand like this. */
export function TypeTable({ types, roles, linksToJobs }: Props) {
  return (
    <Table caption="Resource types" cards>
      <thead>
        <tr>
          <Th>Name</Th>
          <Th align="right">Jobs</Th>
          <Th>Suggested for</Th>
          <Th>Order</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {types.map((type, at) => (
          <Tr key={type.id}>
            <Td header className="break-words text-left">
              {type.name}
            </Td>
            <Td label="Jobs" align="right">
              {type.jobs && linksToJobs ? (
                <Link href={`/jobs?type=${type.id}&state=all`} prefetch={false}>
                  {type.jobs.toLocaleString("en")}
                  <span className="sr-only"> jobs of type {type.name}</span>
                </Link>
              ) : (
                (type.jobs ?? "–")
              )}
            </Td>
            <Td label="Suggested for">{type.suggestedAs.join(", ") || "–"}</Td>
            <Td label="Order" className="align-middle">
              <MoveType id={type.id} name={type.name} isFirst={at === 0} isLast={at === types.length - 1} />
            </Td>
            <Td label="Actions">
              <TypeControls type={type} others={types.filter((other) => other !== type)} roles={roles} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
