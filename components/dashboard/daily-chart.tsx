import { Card } from "@/components/ui/card";
import { StackedBars } from "@/components/ui/charts";
import { type Access, can } from "@/lib/access/can";
import { dailyFigures } from "@/lib/dashboard/queries";
import { totalOf } from "@/lib/statuses";

/** Thirty days of runs; each bar leads to the report of its day, for who may make one. */
export async function DailyChart({ access }: { access: Access }) {
  const days = await dailyFigures();
  if (days.every(({ counts }) => totalOf(counts) === 0)) return null;
  const reports = can(access, "reports.generate");
  const data = days.map(({ day, counts }) => ({
    label: day,
    values: counts,
    href: reports ? `/reports?from=${day}&to=${day}` : undefined,
  }));
  return (
    <Card title="Last 30 days">
      <StackedBars label="Runs of the last 30 days" data={data} />
    </Card>
  );
}
