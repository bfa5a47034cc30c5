import { sql } from "drizzle-orm";
import type { Mark } from "@/lib/access/marks";
import type { Right } from "@/lib/access/registry";
import { type Tx, transaction } from "@/lib/db";
import { settings } from "@/lib/db/schema/access";
import * as desk from "@/lib/db/schema/desk";
import { mails } from "@/lib/db/schema/mails";
import { reports } from "@/lib/db/schema/reports";
import { runObjects, runs } from "@/lib/db/schema/runs";
import { ticketScopes, tickets } from "@/lib/db/schema/tickets";
import { ALL, type Marks, only } from "./roles";
import { addOverrides } from "./world-overrides";

/** A small account in which several roles cover a part each: see tests/support/outside.ts for what is added outside of it. */

const id = (table: number, i: number) => `5${table}000000-0000-7000-8000-${String(i).padStart(12, "0")}`;
export const CUSTOMERS = ["Acme", "Beta", "Gamma", "Delta"].map((name, i) => ({ id: id(1, i), name }));
export const TYPES = ["Server kind", "NAS kind", "Laptop kind"].map((name, i) => ({ id: id(2, i), name }));
export const GROUPS = ["North", "South"].map((name, i) => ({ id: id(3, i), name }));
export const jobAt = (customer: number, i: number): string => id(4, customer * 10 + i);
export const runAt = (customer: number, i: number, n: number): string => id(5, (customer * 10 + i) * 10 + n);
export const reportAt = (i: number): string => id(6, i);
export const ticketAt = (i: number): string => id(7, i);
export const mailAt = (i: number): string => id(8, i);
const NOW = Date.now();
export const hoursAgo = (hours: number): Date => new Date(NOW - hours * 3_600_000);

const on = (type: string | null, included: boolean): Mark => ({ type, elementId: null, included });
const not = (...ids: string[]): Mark[] => ids.map((elementId) => ({ type: null, elementId, included: false }));
const [north, south] = [GROUPS[0]?.id ?? "", GROUPS[1]?.id ?? ""];
const [server, nas] = [TYPES[0]?.id ?? "", TYPES[1]?.id ?? ""];
const [acme, beta] = [CUSTOMERS[0]?.id ?? "", CUSTOMERS[1]?.id ?? ""];

const READ: Right[] = [
  "dashboard.view",
  "customers.view",
  "resources.view",
  "runs.view",
  "tickets.view",
  "reports.view",
  "overrides.view",
];
const WORK: Right[] = [
  ...(["customers.manage", "jobs.manage", "runs.review", "tickets.manage"] as const),
  ...(["reports.manage", "overrides.manage", "overrides.delete"] as const),
];
const MAILS: Right[] = ["inbox.view", "inbox.process"];

/** A role, and where a new row is surely outside of it. */
export type Scoped = {
  name: string;
  rights: Right[];
  marks: Marks;
  /** Groups ("" for none) whose new customers it does not cover. */
  groups: string[];
  /** Types of which it does not cover the jobs of customers that it covers. */
  types: string[];
  covered: string[];
  addsTypes: boolean;
  /** Texts of the world that it may never be shown. */
  hidden: RegExp;
};

export const scopedRoles: Scoped[] = [
  {
    name: "End User Acme",
    rights: [...READ, "overrides.manage", "reports.generate"],
    marks: {
      "customers.view": only(acme),
      "resources.view": [on(server, true), ...not(jobAt(0, 1)), ...only(jobAt(0, 4))],
      "reports.view": only(reportAt(0), reportAt(1)),
    },
    groups: ["", north, south],
    types: [nas],
    covered: [acme],
    addsTypes: true,
    hidden: /Beta|Gamma|Delta|Laptop kind|South|Note [234]|Report [23]/,
  },
  {
    name: "North desk",
    rights: [...READ, ...WORK, ...MAILS, "reports.generate"],
    marks: {
      "customers.view": [on(north, true), ...not(beta)],
      "resources.view": ALL,
      "reports.view": [on("results", false), ...only(reportAt(2))],
    },
    groups: ["", south],
    types: [],
    covered: [acme],
    addsTypes: false,
    hidden: /Beta|Gamma|Delta|South|Note [234]|Report [013]/,
  },
  {
    name: "Nearly all",
    rights: [...READ, ...WORK, ...MAILS, "reports.generate"],
    marks: {
      "customers.view": [...ALL, on(south, false)],
      "resources.view": [...ALL, on(nas, false), ...not(jobAt(0, 0))],
      "reports.view": only(reportAt(0), reportAt(3)),
    },
    groups: [south],
    types: [nas],
    covered: [acme, beta, CUSTOMERS[2]?.id ?? ""],
    addsTypes: false,
    hidden: /Delta|NAS kind|South|Note [34]|Report [12]/,
  },
  {
    name: "Resources without customers",
    rights: READ.filter((right) => right !== "customers.view"),
    marks: { "resources.view": ALL, "reports.view": only(reportAt(0)) },
    groups: ["", north, south],
    types: [nas, server],
    covered: [acme, beta],
    addsTypes: false,
    hidden: /Acme|Beta|Gamma|Delta|North|South|Note|Report [123]/,
  },
  {
    name: "Local administrator",
    rights: [...READ, "users.manage", "roles.manage"],
    marks: {
      "customers.view": only(acme),
      "resources.view": [on(server, true), ...not(jobAt(0, 3))],
      "reports.view": only(reportAt(0)),
    },
    groups: ["", north, south],
    types: [nas],
    covered: [acme],
    addsTypes: true,
    hidden: /Beta|Gamma|Delta|NAS kind|Laptop kind|South|Note [234]|Report [123]/,
  },
];

/** Acme and Beta in the North, Delta in the South, Gamma in no group; five jobs each, three runs each, notes, reports, two mails in the Inbox. */
export async function buildWorld(): Promise<void> {
  await transaction(async (tx) => {
    await tx.update(settings).set({ timeZone: middayZone() });
    await tx.insert(desk.customerGroups).values(GROUPS);
    await tx.insert(desk.resourceTypes).values(TYPES.map((type, i) => ({ ...type, position: 50 + i * 10 })));
    const groups = [north, north, null, south];
    await tx.insert(desk.customers).values(CUSTOMERS.map((one, i) => ({ ...one, groupId: groups[i] ?? null })));
    for (const [c, { id: customerId, name }] of CUSTOMERS.entries()) {
      for (let i = 0; i < 5; i++) {
        const job = { id: jobAt(c, i), name: `Job ${i % 2} of ${name}`, host: `host-${c}`, software: `Soft ${i % 3}` };
        const resourceTypeId = TYPES[i === 4 ? 1 : i % 3]?.id ?? "";
        await tx.insert(desk.jobs).values({ ...job, customerId, resourceTypeId, createdAt: hoursAgo(900) });
        await tx
          .insert(desk.jobKeys)
          .values({ matchKey: `key-${c}-${i}`, sender: `mail@c${c}.example`, jobId: job.id });
        for (let n = 0; n < 3; n++) {
          const status = (["failed", "success", "warning", "unknown"] as const)[(i + n) % 4] ?? "failed";
          const reviewed = n === 2 ? { reviewedAt: hoursAgo(1 + i), reviewer: "oto" } : {};
          const at = { ranAt: hoursAgo(3 + 24 * n + i), createdAt: hoursAgo(2 + 24 * n) };
          await tx
            .insert(runs)
            .values({ id: runAt(c, i, n), jobId: job.id, status, message: `r${n}`, ...at, ...reviewed });
          await tx.insert(runObjects).values({ runId: runAt(c, i, n), position: 0, name: `object ${c} ${i}`, status });
        }
      }
    }
    await addNotes(tx);
    await addOverrides(tx);
    const saved = [acme, null, beta, CUSTOMERS[3]?.id ?? null].map((customerId, i) => ({
      customerId,
      name: `Report ${i}`,
    }));
    const facts = { days: 30, createdBy: "ada", createdAt: hoursAgo(500) };
    await tx.insert(reports).values(saved.map((one, i) => ({ ...one, ...facts, id: reportAt(i) })));
    for (let i = 0; i < 3; i++) {
      const tied = i === 2 ? { jobId: jobAt(0, 0), kind: "run" as const } : { kind: "unknown" as const };
      await tx.insert(mails).values({ ...mailRow(mailAt(i), `Mail ${i}`), ...tied, receivedAt: hoursAgo(5 + i) });
    }
  });
}

async function addNotes(tx: Tx): Promise<void> {
  const abouts = [{ customerId: acme }, { jobId: jobAt(0, 0) }, { customerId: beta }, { jobId: jobAt(3, 0) }, {}];
  for (const [i, about] of abouts.entries()) {
    const kind = i === 2 ? ("remark" as const) : ("ticket" as const);
    const ticket = { id: ticketAt(i), kind, number: kind === "ticket" ? 1001 + i : null, title: `Note ${i}` };
    await tx.insert(tickets).values({ ...ticket, createdBy: "ada", createdAt: hoursAgo(60 + i) });
    if (Object.keys(about).length > 0)
      await tx.insert(ticketScopes).values({ id: id(9, i), ticketId: ticketAt(i), ...about });
  }
}

/** @returns the facts that every mail has. */
export const mailRow = (mailId: string, subject: string) => ({
  id: mailId,
  source: "sample" as const,
  broughtBy: "tests",
  raw: Buffer.from(`Subject: ${subject}\n\n${subject}`),
  sizeBytes: 9,
  dedupeKey: mailId,
  subject,
  text: subject,
  fromAddress: "mail@c0.example",
  matchKey: "key-0-1",
  parsed: sql`${JSON.stringify([{ software: "Soft", host: "host-0", status: "failed" }])}::jsonb`,
});

/** A zone in which it is about noon now: no test runs over midnight. */
function middayZone(): string {
  const ahead = 12 - new Date(NOW).getUTCHours();
  return ahead === 0 ? "UTC" : `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`;
}
