/**
 * One entry for each picture of the manual, which names it as `picture:<name>`. `path` may take the ids of fill.ts;
 * `prepare` brings the page into the state to be shown; `changesSession` when it leaves the session in another state.
 */
export const pictures = [
  { name: "dashboard", as: "oto", role: "Operator", path: "/dashboard" },
  { name: "run-checks", as: "oto", role: "Operator", path: "/run-checks" },
  { name: "run-panel", as: "oto", role: "Operator", path: "/run-checks", prepare: openRun },
  { name: "overrides", as: "oto", role: "Operator", path: "/overrides" },
  { name: "schedule", as: "oto", role: "Operator", path: ({ job }) => `/jobs/${job}`, prepare: scrolledTo("Schedule") },
  { name: "inbox", as: "oto", role: "Operator", path: "/inbox" },
  { name: "mail", as: "oto", role: "Operator", path: ({ mail }) => `/inbox/${mail}` },
  { name: "jobs", as: "oto", role: "Operator", path: "/jobs" },
  { name: "tickets", as: "oto", role: "Operator", path: "/tickets" },
  { name: "report", as: "ada", role: "Admin", path: ({ report }) => `/reports/${report}` },
  {
    name: "report-calendar",
    as: "ada",
    role: "Admin",
    path: ({ customer, from, to }) => `/reports?kind=calendar&customer=${customer}&from=${from}&to=${to}`,
    prepare: scrolledTo("Day by day"),
  },
  { name: "mail-source", as: "ada", role: "Admin", path: "/settings/mail", prepare: openSource },
  { name: "users", as: "ada", role: "Admin", path: "/settings/users" },
  { name: "users-until", as: "ada", role: "Admin", path: "/settings/users?q=vi", prepare: openUntil },
  { name: "user", as: "ada", role: "Admin", path: ({ endUser, customer }) => whyOf(endUser, customer) },
  { name: "roles", as: "ada", role: "Admin", path: ({ engineer }) => `/settings/roles?role=${engineer}` },
  {
    name: "roles-panel",
    as: "ada",
    role: "Admin",
    path: ({ engineer }) => `/settings/roles?role=${engineer}`,
    prepare: openPanel,
  },
  { name: "end-user", as: "eva", role: "End User Saint Aldric Hospital", path: "/dashboard" },
  {
    name: "preview",
    as: "ada",
    role: "Admin",
    path: ({ endUserRole }) => `/settings/roles?role=${endUserRole}`,
    prepare: startPreview,
    changesSession: true,
  },
  { name: "menus", as: "ada", role: "Admin", path: "/settings/menus" },
  { name: "resource-types", as: "ada", role: "Admin", path: "/settings/resource-types" },
  { name: "audit-log", as: "ada", role: "Admin", path: "/audit-log" },
  { name: "settings", as: "ada", role: "Admin", path: "/settings" },
];

/** A question about a right and a row, answered on the page of a user. */
function whyOf(user, customer) {
  return `/settings/users/${user}?right=customers.view&element=${customer}`;
}

async function openRun(page) {
  await page.locator("li[data-row]").first().getByRole("link").click();
  await page
    .getByRole("dialog", { name: /20\d\d-/ })
    .getByRole("heading", { name: /^Objects/ })
    .waitFor();
}

/** Below the bar that stays at the top. */
function scrolledTo(name) {
  return async (page) => {
    await page.getByRole("heading", { name }).evaluate((heading) => heading.scrollIntoView({ block: "start" }));
    await page.evaluate(() => scrollBy(0, -80));
  };
}

async function openSource(page) {
  await page.getByRole("button", { name: "Add source" }).first().click();
  await page.getByRole("dialog").waitFor();
}

async function openUntil(page) {
  await page
    .getByRole("button", { name: /^Until…/ })
    .first()
    .click();
  await page.getByRole("dialog").getByLabel("Role").selectOption({ label: "Operator (held now)" });
}

async function openPanel(page) {
  await page.getByRole("link", { name: "View resources" }).click();
  await page.getByRole("button", { name: "Open Server" }).click();
  await page.getByRole("dialog").getByRole("listitem").nth(8).waitFor();
}

async function startPreview(page) {
  await page.getByRole("button", { name: "Preview as role" }).first().click();
  await page.getByRole("button", { name: "Leave preview" }).waitFor();
  await page.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
}
