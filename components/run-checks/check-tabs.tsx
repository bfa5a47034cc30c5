import { Tabs } from "@/components/ui/tabs";
import type { ListQuery } from "@/lib/list";
import type { CheckCounts } from "@/lib/run-checks/counts";
import { checkStatuses } from "@/lib/run-checks/rules";
import { statusLabels } from "@/lib/statuses";

type Props = { counts: CheckCounts; query: ListQuery; isHistory: boolean };

const labels = { ...statusLabels, suspected: "Suspected" };

/** The views of Run Checks: what waits, by status, and what was reviewed last. A search and the other filters stay. */
export function CheckTabs({ counts, query: { search, filters }, isHistory }: Props) {
  const to = (view: Record<string, string>) => {
    const given = Object.entries({ ...(search && { q: search }), ...filters, status: "", ...view });
    return `/run-checks?${new URLSearchParams(given.filter(([, value]) => value))}`;
  };
  const number = (count: number) => `(${count.toLocaleString("en")})`;
  const current = isHistory ? "reviewed" : (filters.status ?? "");
  const shown = checkStatuses.filter((name) => name !== "suspected" || counts.byStatus[name] > 0 || current === name);
  return (
    <Tabs
      label="Runs"
      items={[
        { href: to({}), label: `To review ${number(counts.total)}`, current: current === "" },
        ...shown.map((status) => ({
          href: to({ status }),
          label: `${labels[status]} ${number(counts.byStatus[status])}`,
          current: current === status,
        })),
        { href: to({ view: "reviewed" }), label: "Recently reviewed", current: isHistory },
      ]}
    />
  );
}
