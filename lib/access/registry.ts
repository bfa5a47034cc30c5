/**
 * The one list: every right, every page with its right and its place in the menu, and what the built-in roles start with.
 * Menus, page guards, the middleware's table, checkboxes, default roles and the access tests are derived from it.
 * It imports nothing, so both server and browser may read it.
 */

type BuiltIn = "operator" | "reporter" | "viewer";
/** Words for the elements of an aggregate right, for their types, and for those that have none. */
type Aggregate = { elements: string; types: string; untyped: string };
type RightEntry = {
  right: string;
  area: string;
  label: string;
  description: string;
  roles: readonly BuiltIn[];
  /** The right is a group of elements and may be given for some of them: see lib/access/elements.ts for where they are. */
  aggregate?: Aggregate;
};

const OPERATOR = ["operator"] as const;
const READERS = ["operator", "viewer"] as const;
const REPORTING = ["operator", "reporter"] as const;
const EVERYBODY = ["operator", "reporter", "viewer"] as const;
const FIGURES = ["reporter"] as const;
const ADMIN_ONLY = [] as const;

/** A new right is one line here. The Admin role holds every right without being listed. */
// biome-ignore format: one entry, one line
export const rights = [
  { right: "dashboard.view", area: "Dashboard", label: "View the dashboard", description: "Last night at a glance, within what the role covers.", roles: EVERYBODY },
  { right: "inbox.view", area: "Mails", label: "View the inbox", description: "Read mails that belong to no job yet.", roles: READERS },
  { right: "inbox.process", area: "Mails", label: "Process the inbox", description: "Upload, approve and delete mails.", roles: OPERATOR },
  { right: "deleted_mails.manage", area: "Mails", label: "Manage deleted mails", description: "Restore deleted mails or delete them for good.", roles: ADMIN_ONLY },
  { right: "customers.view", area: "Customers", label: "View customers", description: "Customers and what belongs to them.", roles: READERS, aggregate: { elements: "customers", types: "groups", untyped: "Without a group" } },
  { right: "customers.manage", area: "Customers", label: "Manage customers", description: "Add, edit, deactivate and import customers.", roles: OPERATOR },
  { right: "resources.view", area: "Resources", label: "View resources", description: "Jobs, their runs and their mails, of the customers that the role covers.", roles: READERS, aggregate: { elements: "resources", types: "resource types", untyped: "Without a type" } },
  { right: "jobs.manage", area: "Resources", label: "Manage jobs", description: "Edit and archive jobs.", roles: OPERATOR },
  { right: "runs.view", area: "Run checks", label: "View run checks", description: "The runs that nobody has reviewed yet.", roles: OPERATOR },
  { right: "runs.review", area: "Run checks", label: "Review runs", description: "Mark runs as reviewed, and undo it.", roles: OPERATOR },
  { right: "tickets.view", area: "Tickets", label: "View tickets and remarks", description: "Problems being worked on, and notes.", roles: READERS },
  { right: "tickets.manage", area: "Tickets", label: "Manage tickets and remarks", description: "Create, scope, resolve and reopen them.", roles: OPERATOR },
  { right: "overrides.view", area: "Overrides", label: "View overrides", description: "Known problems that count as success for a time.", roles: READERS },
  { right: "overrides.manage", area: "Overrides", label: "Manage overrides", description: "Create, edit and end overrides.", roles: OPERATOR },
  { right: "overrides.delete", area: "Overrides", label: "Delete overrides", description: "Remove an override and its trace in lists.", roles: ADMIN_ONLY },
  { right: "reports.view", area: "Reports", label: "View reports", description: "Look at saved reports and export them.", roles: EVERYBODY, aggregate: { elements: "reports", types: "kinds of report", untyped: "Other reports" } },
  { right: "reports.figures", area: "Reports", label: "Count everything in reports", description: "Figures of reports count all customers and resources, not only those that the role covers.", roles: FIGURES },
  { right: "reports.generate", area: "Reports", label: "Generate reports", description: "Run a report for any period.", roles: REPORTING },
  { right: "reports.manage", area: "Reports", label: "Manage reports", description: "Save, rename and delete reports.", roles: ADMIN_ONLY },
  { right: "audit.view", area: "Administration", label: "View the audit log", description: "Who did what, when, in which role, from where.", roles: ADMIN_ONLY },
  { right: "users.manage", area: "Administration", label: "Manage users", description: "Users, their roles, passwords and sessions.", roles: ADMIN_ONLY },
  { right: "roles.manage", area: "Administration", label: "Manage roles", description: "Roles and the rights they hold.", roles: ADMIN_ONLY },
  { right: "menus.manage", area: "Administration", label: "Manage menus", description: "The links that people see.", roles: ADMIN_ONLY },
  { right: "settings.manage", area: "Administration", label: "Manage settings", description: "Account, sign-in rules and mail sources.", roles: ADMIN_ONLY },
  { right: "data.export", area: "Administration", label: "Export everything", description: "All data in one file, for a role that covers all customers, resources and reports.", roles: ADMIN_ONLY },
  { right: "tokens.manage", area: "Administration", label: "Manage keys", description: "Keys with which machines deliver mails.", roles: ADMIN_ONLY },
] as const satisfies readonly RightEntry[];

export type Right = (typeof rights)[number]["right"];
type AggregateEntry = Extract<(typeof rights)[number], { aggregate: Aggregate }>;
/** A right that is held for the elements its marks include (product.md 4.6). */
export type AggregateRight = AggregateEntry["right"];
export type BuiltInRole = "admin" | BuiltIn;

/** What stands before a page or an action: a right, any session, or nothing at all. */
export type Gate = Right | "signed-in" | "public";

type Menu = "Main" | "Header" | "Bottom" | "Shortcuts";
/** `menu`: where a link to it stands until an administrator says otherwise; `group`: under which heading, in the main menu. */
type PageEntry = { path: string; title: string; gate: Gate; menu?: Menu | readonly Menu[]; group?: string };

/** A new page is one line here and its `page.tsx`. The order is the order of the menus. */
// biome-ignore format: one entry, one line
export const pages = [
  { path: "/setup", title: "Set up BackupChecks", gate: "public" },
  { path: "/login", title: "Sign in", gate: "public" },
  { path: "/dashboard", title: "Dashboard", gate: "dashboard.view" },
  { path: "/run-checks", title: "Run Checks", gate: "runs.view", menu: "Main" },
  { path: "/inbox", title: "Inbox", gate: "inbox.view", menu: "Main" },
  { path: "/inbox/[id]", title: "Mail", gate: "inbox.view" },
  { path: "/customers", title: "Customers", gate: "customers.view", menu: "Main" },
  { path: "/customers/[id]", title: "Customer", gate: "customers.view" },
  { path: "/jobs", title: "Jobs", gate: "resources.view", menu: "Main" },
  { path: "/jobs/[id]", title: "Job", gate: "resources.view" },
  { path: "/runs/[id]", title: "Run", gate: "resources.view" },
  { path: "/tickets", title: "Tickets", gate: "tickets.view", menu: "Main" },
  { path: "/tickets/[id]", title: "Ticket", gate: "tickets.view" },
  { path: "/remarks", title: "Remarks", gate: "tickets.view", menu: "Main" },
  { path: "/remarks/[id]", title: "Remark", gate: "tickets.view" },
  { path: "/overrides", title: "Overrides", gate: "overrides.view", menu: "Main" },
  { path: "/reports", title: "Reports", gate: "reports.view", menu: "Main" },
  { path: "/reports/[id]", title: "Report", gate: "reports.view" },
  { path: "/deleted-mails", title: "Deleted Mails", gate: "deleted_mails.manage", menu: "Main", group: "Administration" },
  { path: "/audit-log", title: "Audit Log", gate: "audit.view", menu: "Main", group: "Administration" },
  { path: "/settings/users", title: "User Management", gate: "users.manage", menu: "Main", group: "Administration" },
  { path: "/settings/users/[id]", title: "User", gate: "users.manage" },
  { path: "/settings/roles", title: "User Roles", gate: "roles.manage", menu: "Main", group: "Administration" },
  { path: "/settings/menus", title: "Menus", gate: "menus.manage", menu: "Main", group: "Administration" },
  { path: "/settings/resource-types", title: "Resource Types", gate: "settings.manage", menu: "Main", group: "Administration" },
  { path: "/settings/mail", title: "Mail Sources", gate: "settings.manage", menu: "Main", group: "Administration" },
  { path: "/settings/parsers", title: "Parsers", gate: "settings.manage", menu: "Main", group: "Administration" },
  { path: "/settings/parsers/[id]", title: "Parser rule", gate: "settings.manage" },
  { path: "/settings/parsers/reparses/[id]", title: "Mails read once more", gate: "settings.manage" },
  { path: "/settings/calendar", title: "Holidays and Maintenance", gate: "settings.manage", menu: "Main", group: "Administration" },
  { path: "/settings/notifications", title: "Notifications", gate: "settings.manage", menu: "Main", group: "Administration" },
  { path: "/settings/data", title: "Data", gate: "settings.manage", menu: "Main", group: "Administration" },
  { path: "/settings", title: "Settings", gate: "settings.manage", menu: "Main", group: "Administration" },
  { path: "/account", title: "My Account", gate: "signed-in" },
  { path: "/documentation", title: "Documentation", gate: "signed-in", menu: "Header" },
  { path: "/documentation/[id]", title: "Page of the manual", gate: "signed-in" },
] as const satisfies readonly PageEntry[];

export type PagePath = (typeof pages)[number]["path"];

/** The four roles of a new account, in role order. Admin has every right by what it is, not by a list. */
export const builtInRoles: readonly { key: BuiltInRole; name: string; description: string }[] = [
  { key: "admin", name: "Admin", description: "Account Supervisor: every right, always." },
  { key: "operator", name: "Operator", description: "Looks after mails, runs, customers and tickets every day." },
  { key: "reporter", name: "Reporter", description: "Looks at figures and makes reports." },
  { key: "viewer", name: "Viewer", description: "Reads everything of the desk, changes nothing." },
];

/** @returns every right there is, in the registry's order. */
export const allRights = (): Right[] => rights.map((entry) => entry.right);

/** The rights that are groups of elements, in the registry's order. */
export const aggregates: readonly AggregateEntry[] = rights.filter((entry) => "aggregate" in entry);

/** @returns whether the right is held for chosen elements. */
export const isAggregate = (right: string): right is AggregateRight =>
  aggregates.some((entry) => entry.right === right);

/** @returns the rights a built-in role starts with (and gets back with "Restore defaults"). */
export function defaultRights(role: BuiltInRole): Right[] {
  if (role === "admin") return allRights();
  return rights.filter((entry) => (entry.roles as readonly BuiltIn[]).includes(role)).map((entry) => entry.right);
}

/** @returns the registry's page for an address such as `/jobs/0193...`, or undefined when there is none. */
export function pageAt(address: string): (typeof pages)[number] | undefined {
  const parts = address.split("/");
  return pages.find(({ path }) => {
    const pattern = path.split("/");
    return (
      pattern.length === parts.length &&
      pattern.every((part, i) => part === parts[i] || (part.startsWith("[") && parts[i]))
    );
  });
}
