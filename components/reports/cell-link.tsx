import Link from "next/link";
import type { ReactNode } from "react";
import { type Access, can } from "@/lib/access/can";
import type { Right } from "@/lib/access/registry";
import type { Link as Target } from "@/lib/reports/types";

const gates: Record<Target["to"], Right> = {
  customers: "customers.view",
  jobs: "resources.view",
  runs: "resources.view",
  tickets: "tickets.view",
};

/** A link for who may open the page behind it, plain text for others. */
export function CellLink({ access, to, children }: { access: Access; to?: Target; children: ReactNode }) {
  if (!to || !can(access, gates[to.to])) return children;
  return (
    <Link href={`/${to.to}/${to.id}`} prefetch={false}>
      {children}
    </Link>
  );
}
