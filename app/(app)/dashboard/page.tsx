import { Suspense } from "react";
import { DailyChart } from "@/components/dashboard/daily-chart";
import { LastNight } from "@/components/dashboard/last-night";
import { WaitingStats } from "@/components/dashboard/waiting-stats";
import { Shortcuts } from "@/components/menus/shortcuts";
import { Page } from "@/components/page";
import { Skeleton, TableSkeleton } from "@/components/ui/skeleton";
import { requirePage } from "@/lib/access/guard";

export default async function DashboardPage() {
  const access = await requirePage("/dashboard");
  return (
    <Page access={access} title="Dashboard">
      <Shortcuts access={access} />
      <Suspense fallback={<Skeleton className="h-24 w-full" />}>
        <WaitingStats />
      </Suspense>
      <Suspense fallback={<TableSkeleton rows={12} columns={5} />}>
        <LastNight access={access} />
      </Suspense>
      <Suspense fallback={<Skeleton className="h-64 w-full" />}>
        <DailyChart access={access} />
      </Suspense>
    </Page>
  );
}
