import { Status } from "@/components/ui/status";
import { type Counts, statusOrder } from "@/lib/statuses";

type Props = { mix: Counts };

/** How the jobs of a customer ended the last time, what needs work first. */
export function ResultMix({ mix }: Props) {
  const shown = statusOrder.filter((status) => mix[status] > 0);
  if (shown.length === 0) return "–";
  return (
    <span className="inline-flex flex-wrap gap-x-3">
      {shown.map((status) => (
        <Status key={status} status={status} label={`${mix[status]} ${status}`} />
      ))}
    </span>
  );
}
