import { Page } from "@/components/page";
import { RoleList } from "@/components/roles/role-list";
import { requirePage } from "@/lib/access/guard";
import { listRoles } from "@/lib/roles/queries";

type Props = { searchParams: Promise<{ role?: string | string[] }> };

export default async function RolesPage({ searchParams }: Props) {
  const access = await requirePage("/settings/roles");
  const [roles, { role }] = await Promise.all([listRoles(), searchParams]);
  const selected = roles.find(({ id }) => id === role) ?? roles[0];
  return (
    <Page access={access} title="User Roles" description="What people may do and see, in which role.">
      <RoleList roles={roles} selectedId={selected?.id ?? null} />
    </Page>
  );
}
