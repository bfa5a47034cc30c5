import { Tabs } from "@/components/ui/tabs";
import type { CheckCounts } from "@/lib/run-checks/queries";
import { statusLabels, statusOrder } from "@/lib/statuses";

/** The views of Run Checks: what waits, by status, and what was reviewed last. A search stays. */
export function CheckTabs({ counts, search, current }: { counts: CheckCounts; search: string; current: string }) {
  const to = (view: Record<string, string>) =>
    `/run-checks?${new URLSearchParams({ ...(search && { q: search }), ...view })}`;
  const number = (count: number) => `(${count.toLocaleString("en")})`;
  return (
    <Tabs
      label="Runs"
      items={[
        { href: to({}), label: `To review ${number(counts.total)}`, current: current === "" },
        ...statusOrder.map((status) => ({
          href: to({ status }),
          label: `${statusLabels[status]} ${number(counts.byStatus[status])}`,
          current: current === status,
        })),
        { href: to({ view: "reviewed" }), label: "Recently reviewed", current: current === "reviewed" },
      ]}
    />
  );
}
