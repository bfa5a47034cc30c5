import { ExportCard } from "@/components/data/export-card";
import { RetentionForm } from "@/components/data/retention-form";
import { Page } from "@/components/page";
import { can } from "@/lib/access/can";
import { requirePage } from "@/lib/access/guard";
import { coversEverything } from "@/lib/access/scope";
import { getRetention } from "@/lib/retention/queries";

export default async function DataPage() {
  const access = await requirePage("/settings/data");
  const { days, version } = await getRetention();
  return (
    <Page access={access} title="Data" description="How long things are kept, and all of them in one file.">
      <RetentionForm retention={days} version={version} timeZone={access.account.timeZone} />
      {can(access, "data.export") && <ExportCard mayHave={coversEverything(access)} />}
    </Page>
  );
}
