import { Page } from "@/components/page";
import { AddType } from "@/components/resource-types/add-type";
import { TypeTable } from "@/components/resource-types/type-table";
import { can } from "@/lib/access/can";
import { requirePage } from "@/lib/access/guard";
import { listCoveringRoles, listResourceTypes } from "@/lib/resource-types/queries";

export default async function ResourceTypesPage() {
  const access = await requirePage("/settings/resource-types");
  const [types, roles] = await Promise.all([listResourceTypes(), listCoveringRoles()]);
  return (
    <Page
      access={access}
      title="Resource Types"
      description="What jobs protect. Each job is of one type; a role may cover a type, also the jobs that come later."
      actions={<AddType />}
    >
      <TypeTable types={types} roles={roles} linksToJobs={can(access, "resources.view")} />
    </Page>
  );
}
