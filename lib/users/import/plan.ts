import type { GivenRole } from "../../access/holdings";
import { exceeds, namesOf } from "../rules";
import { email as emailSchema, username as usernameSchema } from "../schema";

export const IMPORT_LINES = 2000;

export type CsvRow = { line: number; cells: Record<string, string> };
export type Existing = {
  id: string;
  username: string;
  name: string;
  email: string | null;
  version: number;
  roles: GivenRole[];
};
/** What an import is planned against. `existing` are those the file names; `administrators` all who are enabled. */
export type State = { existing: Existing[]; roles: GivenRole[]; administrators: ReadonlySet<string> };
type Actor = { userId: string };

export type Planned = {
  line: number;
  username: string;
  result: "new" | "changed" | "unchanged" | "error";
  /** What changes, or why it cannot. */
  details: string;
  isEscalation: boolean;
  before: Existing | null;
  after: { name: string; email: string | null; roles: GivenRole[] };
};

/**
 * What an import would do, line by line; nothing is written. A column that the file lacks leaves what is stored.
 * @returns one entry for each row; if any is an error, nothing may be applied.
 */
export function planImport(rows: readonly CsvRow[], state: State, actor: Actor): Planned[] {
  const byName = new Map(state.existing.map((user) => [user.username.toLowerCase(), user]));
  const seen = new Map<string, number>();
  const plan = rows.map((row) => {
    const planned = planLine(row, state.roles, byName, actor);
    const key = planned.username.toLowerCase();
    const first = seen.get(key);
    seen.set(key, first ?? row.line);
    return first === undefined ? planned : failed(planned, `The same username stands on line ${first}.`);
  });
  return keepAdministrator(plan, state.administrators);
}

function planLine(row: CsvRow, roles: GivenRole[], byName: ReadonlyMap<string, Existing>, actor: Actor): Planned {
  const cell = (column: string) => row.cells[column]?.trim().replace(/^'(?=[=+\-@])/, "");
  const username = usernameSchema.safeParse(cell("username") ?? "");
  const typed = username.data ?? cell("username") ?? "";
  const before = byName.get(typed.toLowerCase()) ?? null;
  const email = emailSchema.safeParse(cell("email") ?? before?.email ?? "");
  const wanted = cell("roles")
    ?.split("|")
    .flatMap((name) => name.trim() || []);
  const chosen = wanted ? roles.filter(({ name }) => wanted.some((one) => same(one, name))) : (before?.roles ?? []);
  const after = { name: cell("name") ?? before?.name ?? "", email: email.data ?? null, roles: chosen };
  const planned: Planned = {
    line: row.line,
    username: before?.username ?? typed,
    result: before ? "changed" : "new",
    details: "",
    isEscalation: false,
    before,
    after,
  };
  const unknown = wanted?.filter((one) => !roles.some(({ name }) => same(one, name))) ?? [];
  if (!username.success) return failed(planned, username.error.issues[0]?.message ?? "");
  if (!email.success) return failed(planned, "This is no e-mail address.");
  if (/\p{Cc}/u.test(after.name) || after.name.length > 100) return failed(planned, "This is no name.");
  if (unknown.length > 0) return failed(planned, `There is no role ${unknown.join(", ")}.`);
  if (chosen.length === 0 && (wanted || !before)) return failed(planned, "Name at least one role.");
  return judged({ ...planned, details: difference(planned) }, actor);
}

/** The same rules as for a single change: nobody grants what they lack or reaches into a stronger account. */
function judged(planned: Planned, actor: Actor): Planned {
  const { before, after } = planned;
  if (!planned.details) return { ...planned, result: "unchanged" };
  const isProfile = before !== null && (before.name !== after.name || before.email !== after.email);
  if (isProfile && before.id === actor.userId) return failed(planned, "Your own name and e-mail: see My Account.");
  const isRoles = before === null || namesOf(before.roles) !== namesOf(after.roles);
  const reason = (isRoles && exceeds(after.roles)) || (isProfile && exceeds(before.roles));
  return reason ? { ...failed(planned, `This ${reason}.`), isEscalation: true } : planned;
}

function difference({ before, after }: Planned): string {
  const pairs = {
    name: [before?.name ?? "", after.name],
    "e-mail": [before?.email ?? "", after.email ?? ""],
    roles: [before ? namesOf(before.roles) : "", namesOf(after.roles)],
  };
  return Object.entries(pairs)
    .filter(([, [was, is]]) => was !== is)
    .map(([label, [was, is]]) => (before ? `${label}: ${was || "none"} → ${is || "none"}` : `${label}: ${is}`))
    .join("; ");
}

/** When no administrator would be left, each line that takes the role away is to blame. */
function keepAdministrator(plan: Planned[], administrators: ReadonlySet<string>): Planned[] {
  const left = new Set(administrators);
  const isAdmin = ({ after }: Planned) => after.roles.some((role) => role.isAdmin);
  for (const planned of plan) {
    if (planned.before && planned.result === "changed" && !isAdmin(planned)) left.delete(planned.before.id);
    if (planned.result === "new" && isAdmin(planned)) left.add(planned.username);
  }
  if (left.size > 0) return plan;
  return plan.map((planned) =>
    planned.before && administrators.has(planned.before.id) && !isAdmin(planned)
      ? failed(planned, "At least one administrator must remain.")
      : planned,
  );
}

const failed = (planned: Planned, details: string): Planned => ({ ...planned, result: "error", details });

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
