import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Badge } from "@/components/ui/status";
import type { Customer } from "@/lib/customers/queries";
import { formatDay } from "@/lib/format";

export function CustomerFacts({ customer, timeZone }: { customer: Customer; timeZone: string }) {
  return (
    <Card title="Customer">
      <DescriptionList
        items={[
          { term: "Reference", value: customer.reference || "–" },
          { term: "Group", value: customer.group || "–" },
          { term: "Time zone", value: customer.timeZone ?? `${timeZone} (of the account)` },
          {
            term: "State",
            value: customer.deactivatedAt ? (
              <>
                <Badge>Deactivated</Badge> since {formatDay(customer.deactivatedAt, timeZone)}: its jobs are not in Run
                Checks and not on the dashboard.
              </>
            ) : (
              <Badge tone="success">Active</Badge>
            ),
          },
          { term: "Since", value: formatDay(customer.createdAt, timeZone) },
          { term: "Notes", value: <span className="whitespace-pre-line">{customer.notes || "–"}</span> },
        ]}
      />
    </Card>
  );
}
