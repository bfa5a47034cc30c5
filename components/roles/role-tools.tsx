import type { ReactNode } from "react";
import type { Giving, RoleView } from "@/lib/roles/queries";
import { DeleteRole } from "./delete-role";
import { DuplicateRole } from "./duplicate-role";
import { RestoreRole } from "./restore-role";

type Props = { role: RoleView; giving: Giving; children?: ReactNode };

/** What can be done with the selected role as a whole. Children: tools of other parts of the product. */
export function RoleTools({ role, giving, children }: Props) {
  const { defaults, isLocked, isStronger } = role;
  const isRestorable =
    !isStronger &&
    defaults?.rights.every((right) => giving.rights.includes(right)) &&
    defaults.marks.every(({ right }) => giving.whole.includes(right));
  return (
    <>
      {!isStronger && <DuplicateRole id={role.id} />}
      {!isLocked && <DeleteRole role={role} />}
      {defaults && isRestorable && <RestoreRole role={role} defaults={defaults} />}
      {children}
    </>
  );
}
