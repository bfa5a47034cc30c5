import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Right } from "../access/registry";
import type { Tx } from "../db";
import { assignments, roleScopes, roles, users } from "../db/schema/access";
import { customers } from "../db/schema/desk";
import { reports } from "../db/schema/reports";

const CUSTOMER = "Saint Aldric Hospital";
const rights: Right[] = ["dashboard.view", "customers.view", "resources.view", "tickets.view", "reports.view"];

/** Makes a role of the account's own that opens one customer, its resources and one report, and eva, who holds it. */
export async function insertEndUser(tx: Tx): Promise<void> {
  const [customer] = await tx.select({ id: customers.id }).from(customers).where(eq(customers.name, CUSTOMER));
  const [report] = await tx
    .select({ id: reports.id })
    .from(reports)
    .where(eq(reports.customerId, customer?.id ?? ""));
  const [role] = await tx
    .insert(roles)
    .values({
      name: `End User ${CUSTOMER}`,
      description: "The IT coordinator of the hospital: its own machines and its quarterly review.",
      rights,
      position: 4,
    })
    .returning({ id: roles.id });
  const [eva] = await tx
    .insert(users)
    .values({ username: "eva", name: "Eva Quist", email: "eva@hospital.example", passwordHash: "" })
    .returning({ id: users.id });
  if (!customer || !report || !role || !eva) throw new Error("The sample lacks the hospital.");
  await tx.insert(roleScopes).values([
    { roleId: role.id, right: "customers.view", elementId: customer.id, included: true },
    { roleId: role.id, right: "resources.view", included: true },
    { roleId: role.id, right: "reports.view", elementId: report.id, included: true },
  ]);
  await tx.insert(assignments).values({
    userId: eva.id,
    roleId: role.id,
    expiresAt: sql`date_trunc('day', now()) + interval '60 days'`,
    reason: "Project until the new data centre stands",
  });
}
