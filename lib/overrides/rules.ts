import type { RunStatus } from "../statuses";
import { type Override, type OverrideState, type Pattern, scopes, treatable } from "./types";

/**
 * Which runs an override treats as a success. The database decides the same in lib/overrides/matching.ts and apply.ts;
 * a test compares the two. Pure: for both sides.
 */

export type JudgedObject = { name: string; status: RunStatus; message: string | null };
export type JudgedRun = {
  status: RunStatus;
  message: string | null;
  ranAt: Date;
  jobId: string;
  customerId: string;
  software: string;
  objects: readonly JudgedObject[];
};

/** @returns by which override the run and each of its objects count as a success; null: by none. */
export function judge(
  overrides: readonly Override[],
  run: JudgedRun,
): { run: string | null; objects: (string | null)[] } {
  const inOrder = [...overrides].sort(nearestFirst);
  const objects = run.objects.map((object) => inOrder.find((one) => coversObject(one, run, object))?.id ?? null);
  const direct = inOrder.find((one) => coversRun(one, run))?.id;
  const byObjects = isExplained(run, objects) ? inOrder.find(({ id }) => objects.includes(id))?.id : undefined;
  return { run: direct ?? byObjects ?? null, objects };
}

/** @returns whether the override speaks of this run itself. */
export const coversRun = (override: Override, run: JudgedRun): boolean =>
  override.scope !== "object" && holdsAt(override, run.ranAt) && reaches(override, run) && says(override, run);

/** @returns whether the override speaks of this object of the run. */
export const coversObject = (override: Override, run: JudgedRun, object: JudgedObject): boolean =>
  holdsAt(override, run.ranAt) &&
  reaches(override, run) &&
  (override.scope !== "object" || folded(override.objectName) === folded(object.name)) &&
  says(override, object);

/** From its first moment up to, but without, its last. */
const holdsAt = ({ startsAt, endsAt }: Override, at: Date): boolean =>
  startsAt <= at && (endsAt === null || at < endsAt);

function reaches({ scope, software, customerId, jobId }: Pattern, run: JudgedRun): boolean {
  if (scope === "global") return true;
  if (scope === "software") return software === run.software;
  return scope === "customer" ? customerId === run.customerId : jobId === run.jobId;
}

function says(
  { statuses, match, matchText }: Pattern,
  { status, message }: Pick<JudgedRun, "status" | "message">,
): boolean {
  if (!(statuses as readonly RunStatus[]).includes(status)) return false;
  const [text, wanted] = [folded(message), folded(matchText)];
  if (match === "any") return true;
  if (match === "contains") return text.includes(wanted);
  if (match === "starts") return text.startsWith(wanted);
  return match === "ends" ? text.endsWith(wanted) : text === wanted;
}

/**
 * All that is wrong with the run is objects that count as successes: every bad one does, and one of them is as bad as the
 * run itself. A failed run whose objects only warn has failed for another reason.
 */
function isExplained(run: JudgedRun, byObject: readonly (string | null)[]): boolean {
  const isBad = ({ status }: JudgedObject) => status !== "success";
  if (!isTreatable(run.status) || run.objects.some((object, i) => isBad(object) && byObject[i] === null)) return false;
  return run.objects.some((object) => isBad(object) && weight(object.status) >= weight(run.status));
}

const isTreatable = (status: RunStatus): boolean => (treatable as readonly RunStatus[]).includes(status);
const weight = (status: RunStatus): number => (status === "warning" ? 1 : 2);

/** Of several the nearest counts: one of an object before one of its job, and so on; of two alike the older. */
const nearestFirst = (a: Override, b: Override): number =>
  scopes.indexOf(b.scope) - scopes.indexOf(a.scope) || (a.id < b.id ? -1 : 1);

/** How texts are compared: without regard to case (of A to Z) and to how words are spaced and broken into lines. */
export const folded = (text: string | null): string =>
  (text ?? "")
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replace(/[ \t\r\n]+/g, " ")
    .replace(/^ | $/g, "");

/** @param now decides. */
export function stateOf({ startsAt, endsAt }: Pick<Override, "startsAt" | "endsAt">, now: Date): OverrideState {
  if (endsAt && endsAt <= now) return "ended";
  return startsAt > now ? "planned" : "active";
}
