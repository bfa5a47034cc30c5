import { CompareRoles } from "@/components/insight/compare-roles";
import { ImpactLine } from "@/components/insight/impact-line";
import { MenuWarnings } from "@/components/menus/menu-warnings";
import { Page } from "@/components/page";
import { PreviewSelected } from "@/components/previews/preview-selected";
import { RoleDraftProvider } from "@/components/roles/draft-context";
import { RoleEditor } from "@/components/roles/role-editor";
import { Alert } from "@/components/ui/alert";
import { requirePage } from "@/lib/access/guard";
import { isId } from "@/lib/ids";
import { getGiving, getRole, listRoles } from "@/lib/roles/queries";

type Props = { searchParams: Promise<{ role?: string | string[]; with?: string | string[] }> };

export default async function RolesPage({ searchParams }: Props) {
  const access = await requirePage("/settings/roles");
  const asked = await searchParams;
  const wanted = String(asked.role ?? "");
  const [roles, giving, found] = await Promise.all([listRoles(), getGiving(), isId(wanted) ? getRole(wanted) : null]);
  const isNew = wanted === "new";
  const role = found ?? (isNew || !roles[0] ? null : await getRole(roles[0].id));
  return (
    <Page access={access} title="User Roles" description="What people may do and see, in which role.">
      {wanted && !isNew && !found && <Alert tone="warning">This role does not exist any more.</Alert>}
      <RoleDraftProvider role={role} giving={giving} firstStep={isNew || found ? "operations" : "roles"}>
        <RoleEditor
          roles={roles}
          role={role}
          giving={giving}
          tools={role && <PreviewSelected role={role} />}
          aside={<MenuWarnings />}
          impact={<ImpactLine />}
        />
      </RoleDraftProvider>
      {role && <CompareRoles roleId={role.id} roles={roles} withId={String(asked.with ?? "")} />}
    </Page>
  );
}
