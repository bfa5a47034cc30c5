/**
 * Who may do what, said once more in a few plain rules (product.md 4) and without any code of the product, to be compared with it.
 * What somebody may is a set of words: "jobs.manage", "resources.view job-1", "resources.view later NAS" (a future row of that type).
 */

export type ModelMark = { right: string; type: string | null; elementId: string | null; included: boolean };
export type ModelRole = {
  id: string;
  position: number;
  name: string;
  isAdmin: boolean;
  rights: string[];
  marks: ModelMark[];
};
export type ModelUser = { id: string; isDisabled: boolean; secret: string; roles: { id: string; until: number }[] };
export type ModelSession = { userId: string; chosen: string[]; preview: string | null };
export type Element = { right: string; id: string; type: string };
export type Facts = {
  now: number;
  roles: ModelRole[];
  users: ModelUser[];
  /** Rows there are, and one of each type that may come. */
  elements: Element[];
  allRights: string[];
  aggregates: string[];
};

const places = ["element", "type", "root"] as const;
const isOn = (mark: ModelMark, place: (typeof places)[number], element: Element): boolean => {
  if (place === "element") return mark.elementId === element.id;
  if (place === "type") return mark.elementId === null && mark.type === element.type;
  return mark.elementId === null && mark.type === null;
};

/** The nearest mark decides, and without any the answer is no. */
export function roleCovers(role: ModelRole, element: Element): boolean {
  const own = role.marks.filter(({ right }) => right === element.right);
  for (const place of places) {
    const mark = own.find((one) => isOn(one, place, element));
    if (mark) return mark.included;
  }
  return false;
}

/** Everything one role gives. Admin: every right and row there is, and what is still to come. */
export function wordsOf(role: ModelRole, { elements, allRights, aggregates }: Facts): Set<string> {
  const held = role.isAdmin ? allRights : allRights.filter((right) => role.rights.includes(right));
  const words = held.filter((right) => !aggregates.includes(right));
  for (const element of elements)
    if (held.includes(element.right) && (role.isAdmin || roleCovers(role, element)))
      words.push(`${element.right} ${element.id}`);
  // To hold a right for no row yet is to hold it.
  words.push(...held.filter((right) => aggregates.includes(right)));
  return new Set(role.isAdmin ? [...words, "everything to come"] : words);
}

/** The roles somebody holds at this second, in role order. */
export function heldBy(user: ModelUser, { now, roles }: Facts): ModelRole[] {
  const held = user.roles.filter(({ until }) => until > now).map(({ id }) => id);
  return roles
    .filter(({ id }) => held.includes(id))
    .sort((a, b) => a.position - b.position || (a.name < b.name ? -1 : 1));
}

/** The roles a session acts in: those chosen and still held, else the first that remains. */
export function actingIn({ userId, chosen }: ModelSession, facts: Facts): ModelRole[] {
  const user = facts.users.find(({ id }) => id === userId);
  if (!user || user.isDisabled) return [];
  const held = heldBy(user, facts);
  const kept = held.filter(({ id }) => chosen.includes(id));
  return kept.length > 0 ? kept : held.slice(0, 1);
}

/** What a session may do: what its active roles give, and in a preview only what that role gives too. */
export function mayNow(session: ModelSession, facts: Facts): Set<string> {
  const acting = actingIn(session, facts);
  const own = new Set(acting.flatMap((role) => [...wordsOf(role, facts)]));
  const previewed = own.has("roles.manage") && facts.roles.find(({ id }) => id === session.preview);
  if (!previewed) return own;
  const seen = wordsOf(previewed, facts);
  return new Set([...own].filter((word) => seen.has(word)));
}

/** What somebody could do in any of their roles, and until when. A disabled account can do nothing. */
export function couldDo(user: ModelUser, facts: Facts): Map<string, number> {
  const could = new Map<string, number>();
  if (user.isDisabled) return could;
  for (const role of heldBy(user, facts)) {
    const until = user.roles.find(({ id }) => id === role.id)?.until ?? 0;
    for (const word of wordsOf(role, facts)) could.set(word, Math.max(until, could.get(word) ?? 0));
  }
  return could;
}

/** Whether an account is left that can always put everything right again. */
export const hasAdministrator = (facts: Facts): boolean =>
  facts.users.some(
    (user) =>
      !user.isDisabled &&
      user.roles.some(
        ({ id, until }) => until === Number.POSITIVE_INFINITY && facts.roles.find((role) => role.id === id)?.isAdmin,
      ),
  );
