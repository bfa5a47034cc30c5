import { FormCheckbox } from "@/components/form/form-fields";
import type { RoleView } from "./types";

type Props = { legend: string; roles: RoleView[]; held?: readonly string[]; onChange?: () => void };

/** One checkbox for each role. A role that would exceed who looks can be taken away, but not given. */
export function RoleCheckboxes({ legend, roles, held = [], onChange }: Props) {
  return (
    <fieldset
      className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1 max-sm:w-full pointer-coarse:gap-y-0"
      onChange={onChange}
    >
      <legend className="sr-only">{legend}</legend>
      {roles.map((role) => (
        <FormCheckbox
          key={role.id}
          name="roles[]"
          value={role.id}
          label={role.name}
          defaultChecked={held.includes(role.id)}
          disabled={!role.grantable && !held.includes(role.id)}
          title={role.grantable ? undefined : "This role may do more than you."}
        />
      ))}
    </fieldset>
  );
}
