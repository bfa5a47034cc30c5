import { MenusEditor } from "@/components/menus/menus-editor";
import { Page } from "@/components/page";
import { requirePage } from "@/lib/access/guard";
import { getMenus } from "@/lib/menus/queries";

export default async function MenusPage() {
  const access = await requirePage("/settings/menus");
  const { menus, roles } = await getMenus();
  return (
    <Page
      access={access}
      title="Menus"
      description="The links that people see. A link is shown only to roles that may open its page. Menus lock nobody out: without a link, a page still opens by its address, such as /settings/menus."
    >
      <MenusEditor menus={menus} roles={roles} />
    </Page>
  );
}
