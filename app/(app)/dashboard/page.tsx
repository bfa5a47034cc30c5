import { Suspense } from "react";
import { LastNight } from "@/components/dashboard/last-night";
import { Month } from "@/components/dashboard/month";
import { Notices, SilentSources } from "@/components/dashboard/notices";
import { WaitingStats } from "@/components/dashboard/waiting-stats";
import { Live } from "@/components/live/live";
import { Shortcuts } from "@/components/menus/shortcuts";
import { Page } from "@/components/page";
import { Skeleton, TableSkeleton } from "@/components/ui/skeleton";
import { requirePage } from "@/lib/access/guard";
import { liveMode } from "@/lib/dashboard/queries";

export default async function DashboardPage() {
  const access = await requirePage("/dashboard");
  const { timeZone } = access.account;
  return (
    <Page access={access} title="Dashboard" actions={<Live mode={await liveMode()} />}>
      <Shortcuts access={access} />
      <Suspense>
        <SilentSources timeZone={timeZone} />
      </Suspense>
      <Suspense fallback={<Skeleton className="h-24 w-full" />}>
        <WaitingStats />
      </Suspense>
      <Suspense fallback={<TableSkeleton rows={12} columns={5} />}>
        <LastNight access={access} />
      </Suspense>
      <Suspense>
        <Notices timeZone={timeZone} />
      </Suspense>
      <Suspense fallback={<Skeleton className="h-64 w-full" />}>
        <Month access={access} />
      </Suspense>
    </Page>
  );
}
