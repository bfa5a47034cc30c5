import { MenuWarnings } from "@/components/menus/menu-warnings";
import { Page } from "@/components/page";
import { RoleDraftProvider } from "@/components/roles/draft-context";
import { RoleEditor } from "@/components/roles/role-editor";
import { Alert } from "@/components/ui/alert";
import { requirePage } from "@/lib/access/guard";
import { isId } from "@/lib/ids";
import { getGiving, getRole, listRoles } from "@/lib/roles/queries";

type Props = { searchParams: Promise<{ role?: string | string[] }> };

export default async function RolesPage({ searchParams }: Props) {
  const access = await requirePage("/settings/roles");
  const wanted = String((await searchParams).role ?? "");
  const [roles, giving, found] = await Promise.all([listRoles(), getGiving(), isId(wanted) ? getRole(wanted) : null]);
  const isNew = wanted === "new";
  const role = found ?? (isNew || !roles[0] ? null : await getRole(roles[0].id));
  return (
    <Page access={access} title="User Roles" description="What people may do and see, in which role.">
      {wanted && !isNew && !found && <Alert tone="warning">This role does not exist any more.</Alert>}
      <RoleDraftProvider role={role} giving={giving} firstStep={isNew || found ? "operations" : "roles"}>
        <RoleEditor roles={roles} role={role} giving={giving} aside={<MenuWarnings />} />
      </RoleDraftProvider>
    </Page>
  );
}
