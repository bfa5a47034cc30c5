import type { ReactNode } from "react";
import { Alert } from "@/components/ui/alert";
import type { Giving, RoleListing, RoleView } from "@/lib/roles/queries";
import { Conflict } from "./conflict";
import { NameFields } from "./name-fields";
import { Operations } from "./operations";
import { Permissions } from "./permissions";
import { RoleColumns } from "./role-columns";
import { RoleList } from "./role-list";
import { RoleTools } from "./role-tools";
import { SaveBar } from "./save-bar";
import { StepButton } from "./step-button";
import { UnsavedDraft } from "./unsaved-draft";

type Props = {
  roles: RoleListing[];
  /** The selected role, null for a new one. */
  role: RoleView | null;
  giving: Giving;
  /** Further tools for the selected role, warnings beside its permissions, and what stands above "Update". */
  tools?: ReactNode;
  aside?: ReactNode;
  impact?: ReactNode;
};

/** The three columns of the page, inside of a RoleDraftProvider. */
export function RoleEditor({ roles, role, giving, tools, aside, impact }: Props) {
  const isReadOnly = role !== null && (role.isLocked || role.isStronger);
  const untold = role?.untold ?? [];
  const own = role && (
    <RoleTools role={role} giving={giving}>
      {tools}
    </RoleTools>
  );
  return (
    <>
      {role && <Conflict role={role} />}
      <RoleColumns
        roles={<RoleList roles={roles} tools={own} />}
        operations={
          <>
            <StepButton to="roles" back>
              All roles
            </StepButton>
            {own && <div className="flex flex-wrap gap-2 lg:hidden">{own}</div>}
            <ReadOnlyReason role={role} />
            <NameFields isReadOnly={isReadOnly} />
            <Operations giving={giving} isReadOnly={isReadOnly} untold={untold} />
            <StepButton to="permissions">Permissions</StepButton>
          </>
        }
        permissions={
          <>
            <StepButton to="operations" back>
              Operations
            </StepButton>
            <Permissions untold={untold} aside={aside} />
          </>
        }
        footer={isReadOnly ? null : <SaveBar impact={impact} />}
      />
      <UnsavedDraft />
    </>
  );
}

function ReadOnlyReason({ role }: { role: RoleView | null }) {
  if (role?.isLocked)
    return (
      <Alert tone="info">
        {role.draft.name} always has every right, also those of later versions. It is never changed and never deleted;
        duplicate it to start from what it holds today.
      </Alert>
    );
  if (!role?.isStronger) return null;
  return (
    <Alert tone="info">This role may do more than the role you act in, so you can look at it but not change it.</Alert>
  );
}
