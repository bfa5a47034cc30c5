import Link from "next/link";
import { type Access, can } from "@/lib/access/can";
import type { NamedTarget } from "@/lib/tickets/types";

/** The name of a customer or job; a link for who may open it. */
export function TargetLink({ access, target }: { access: Access; target: NamedTarget }) {
  const opens = can(access, target.kind === "customer" ? "customers.view" : "resources.view");
  if (!opens) return target.label;
  return (
    <Link href={`/${target.kind === "customer" ? "customers" : "jobs"}/${target.id}`} prefetch={false}>
      {target.label}
    </Link>
  );
}
