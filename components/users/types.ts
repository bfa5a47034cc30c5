/** One user as the list shows them. */
export type UserView = {
  id: string;
  username: string;
  name: string;
  email: string;
  isDisabled: boolean;
  mustChange: boolean;
  /** As text, in the account's time zone. */
  lastSignIn: string;
  version: number;
  /** Roles held now. */
  roleIds: string[];
  /** Those of them that end, or were given for a reason. `until` as text, `value` as a field has it; empty: no end. */
  ends: { roleId: string; until: string; value: string; reason: string }[];
  /** Roles that ended by themselves, and when, as text. */
  expired: { name: string; at: string }[];
  isOwn: boolean;
  /** Whether who looks may edit, disable, delete them: nobody stronger, not oneself. */
  isManageable: boolean;
};

/** A role as a checkbox shows it. */
export type RoleView = { id: string; name: string; grantable: boolean };
