import { Stat } from "@/components/ui/stat";
import { statuses as looks } from "@/components/ui/status";
import { type Access, can } from "@/lib/access/can";
import { customerFigures } from "@/lib/dashboard/queries";
import { byNight, worstOfWeek } from "@/lib/dashboard/rules";
import { formatDay } from "@/lib/format";
import { rateOf, shifted } from "@/lib/reports/rules";
import { statusOrder, sumOf, totalOf } from "@/lib/statuses";
import { CustomerTable } from "./customer-table";
import { FailedLately } from "./failed-lately";
import { FirstSteps } from "./first-steps";

const tones = {
  failed: "danger",
  missed: "danger",
  warning: "warning",
  unknown: "neutral",
  success: "success",
} as const;
const MOST_CUSTOMERS = 20;
const MOST_OF_WEEK = 8;

/** Last night by status and by customer, the worst of the week, and what failed; or what to do first. */
export async function LastNight({ access }: { access: Access }) {
  const figures = await customerFigures();
  if (figures.length === 0) return <FirstSteps access={access} />;
  const ran = byNight(figures);
  const sum = sumOf(ran.map(({ night }) => night));
  const today = formatDay(new Date(), access.account.timeZone);
  const opensJobs = can(access, "resources.view");
  const report = can(access, "reports.generate") ? `/reports?from=${shifted(today, -1)}&to=${today}` : "/reports";
  const elsewhere = opensJobs ? "/jobs" : report;
  return (
    <>
      <section aria-labelledby="last-night" className="grid gap-2">
        <h2 id="last-night" className="text-lg">
          Last night <span className="font-normal text-muted text-sm">since yesterday, 18:00</span>
        </h2>
        <div className="grid grid-cols-2 gap-3 sm:grid-cols-4 lg:grid-cols-7">
          <Stat
            label={`Success rate of ${totalOf(sum).toLocaleString("en")} runs`}
            value={rateOf(sum)}
            href={elsewhere}
          />
          <Stat label="Customers" value={ran.length} href={can(access, "customers.view") ? "/customers" : elsewhere} />
          {statusOrder.map((status) => (
            <Stat
              key={status}
              label={looks[status].label}
              value={sum[status].toLocaleString("en")}
              tone={sum[status] > 0 ? tones[status] : "neutral"}
              href={opensJobs ? `/jobs?result=${status}` : elsewhere}
            />
          ))}
        </div>
      </section>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <CustomerTable
          access={access}
          title="Last night by customer"
          rows={ran.slice(0, MOST_CUSTOMERS).map(({ id, name, night }) => ({ id, name, counts: night }))}
          period={{ from: shifted(today, -1), to: today }}
          left={ran.length - MOST_CUSTOMERS}
          empty="No run has come since yesterday, 18:00."
        />
        <div className="grid min-w-0 gap-4">
          <CustomerTable
            access={access}
            title="Worst of the week"
            rows={worstOfWeek(figures, opensJobs ? MOST_OF_WEEK : MOST_CUSTOMERS).map(({ id, name, week }) => ({
              id,
              name,
              counts: week,
            }))}
            period={{ from: shifted(today, -6), to: today }}
            left={0}
            empty="Nothing failed or was missed this week."
          />
          {opensJobs && <FailedLately timeZone={access.account.timeZone} />}
        </div>
      </div>
    </>
  );
}
