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
  roleIds: string[];
  isOwn: boolean;
  /** Whether who looks may edit, disable, delete them: nobody stronger, not oneself. */
  isManageable: boolean;
};

/** A role as a checkbox shows it. */
export type RoleView = { id: string; name: string; grantable: boolean };
