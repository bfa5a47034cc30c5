import { Page } from "@/components/page";
import { requirePage } from "@/lib/access/guard";

export default async function DashboardPage() {
  const access = await requirePage("/dashboard");
  return (
    <Page access={access} title="Dashboard">
      <p>Last night</p>
    </Page>
  );
}
