"use client";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { EVERYTHING, NOTHING, type Tree } from "@/lib/access/marks";
import { type AggregateRight, isAggregate, type Right } from "@/lib/access/registry";
import { sameDraft } from "@/lib/roles/changes";
import { type DraftTrees, draftMarks, draftTrees, type RoleDraft } from "@/lib/roles/draft";
import type { Giving, RoleView } from "@/lib/roles/queries";
import { type NamedElement, spelledOut, type Wording } from "@/lib/roles/wording";

const EMPTY: RoleDraft = { name: "", description: "", rights: [], marks: [] };

/** What was changed, and on which version of which role it is based. */
type Edited = { of: string | null; version: number; draft: RoleDraft };
/** The steps of a phone; wide screens show all three beside each other. */
export type Step = "roles" | "operations" | "permissions";

type RoleDraftState = {
  /** Null for a role that is not created yet. */
  roleId: string | null;
  draft: RoleDraft;
  isChanged: boolean;
  /** Somebody stored the role after these changes were begun. */
  isConflicting: boolean;
  /** The version that the changes are based on. */
  version: number;
  trees: DraftTrees;
  change: (change: Partial<RoleDraft>) => void;
  setRight: (right: Right, checked: boolean) => void;
  /** @param learned elements that the tree now marks. */
  setTree: (right: AggregateRight, tree: Tree, learned?: readonly NamedElement[]) => void;
  elementOf: (id: string) => NamedElement | undefined;
  spell: (right: AggregateRight, tree: Tree) => Wording;
  /** Back to what is stored. */
  reset: () => void;
  /** What the last try to store it was refused for, by field. */
  errors: Record<string, string>;
  setErrors: (errors: Record<string, string>) => void;
  step: Step;
  setStep: (step: Step) => void;
};

const DraftContext = createContext<RoleDraftState | null>(null);

/** The role that is being edited, with what was changed and not stored yet. */
export function useRoleDraft(): RoleDraftState {
  const state = useContext(DraftContext);
  if (!state) throw new Error("There is no RoleDraftProvider above.");
  return state;
}

type Props = { role: RoleView | null; giving: Giving; firstStep: Step; children: ReactNode };

/** @param props.role what is stored, null for a new role. */
export function RoleDraftProvider({ role, giving, firstStep, children }: Props) {
  const [edited, setEdited] = useState<Edited | null>(null);
  const [learned, setLearned] = useState<ReadonlyMap<string, NamedElement>>(new Map());
  const [refused, setRefused] = useState<{ of: string | null; errors: Record<string, string> } | null>(null);
  const [step, setStep] = useState(firstStep);
  const stored = useMemo(() => role?.draft ?? EMPTY, [role]);
  const storedVersion = role?.version ?? 0;
  const of = role?.id ?? null;
  const own = edited?.of === of ? edited : null;
  const draft = own?.draft ?? stored;
  const version = own?.version ?? storedVersion;
  const isChanged = useMemo(() => !sameDraft(draft, stored), [draft, stored]);
  const trees = useMemo(() => draftTrees(draft), [draft]);
  const known = useMemo(() => {
    const elements = new Map((role?.elements ?? []).map((element) => [element.id, element]));
    for (const [id, element] of learned) elements.set(id, element);
    return elements;
  }, [role, learned]);

  const change = (changed: Partial<RoleDraft>) => setEdited({ of, version, draft: { ...draft, ...changed } });
  const setRight = (right: Right, checked: boolean) => {
    const rights = checked ? [...draft.rights, right] : draft.rights.filter((one) => one !== right);
    if (!isAggregate(right)) return change({ rights });
    const start = giving.whole.includes(right) ? EVERYTHING : NOTHING;
    change({ rights, marks: draftMarks({ ...trees, [right]: checked ? start : undefined }) });
  };
  const setTree: RoleDraftState["setTree"] = (right, tree, elements = []) => {
    setLearned((before) => new Map([...before, ...elements.map((element) => [element.id, element] as const)]));
    change({ marks: draftMarks({ ...trees, [right]: tree }) });
  };
  const elementOf = useCallback((id: string) => known.get(id), [known]);
  const spell = useCallback(
    (right: AggregateRight, tree: Tree) => spelledOut(tree, giving.types[right], (id) => known.get(id)),
    [giving, known],
  );

  const state: RoleDraftState = {
    roleId: of,
    draft,
    isChanged,
    isConflicting: own !== null && isChanged && own.version !== storedVersion,
    version,
    trees,
    change,
    setRight,
    setTree,
    elementOf,
    spell,
    reset: () => {
      setEdited(null);
      setRefused(null);
    },
    errors: refused?.of === of ? refused.errors : {},
    setErrors: (errors) => setRefused({ of, errors }),
    step,
    setStep,
  };
  return <DraftContext value={state}>{children}</DraftContext>;
}
