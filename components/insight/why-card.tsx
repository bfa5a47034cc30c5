import Form from "next/form";
import { Card } from "@/components/ui/card";
import { FilterSelect } from "@/components/ui/search-form";
import { aggregates, rights } from "@/lib/access/registry";
import type { Asked } from "@/lib/insight/asked";
import type { Answered, Insight } from "@/lib/insight/queries";
import { RowPicker } from "./row-picker";
import { WhyAnswer } from "./why-answer";

type Props = { user: Insight; asked: Asked; answered: Answered | null };

const options = [
  { value: "", label: "Choose a right" },
  ...rights.map(({ right, area, label }) => ({ value: right, label: `${area}: ${label}` })),
];

/** Any right, and for rights over rows any row: which role, mark and rule decide. Kept in the address, so that it can be shared. */
export function WhyCard({ user, asked, answered }: Props) {
  const kind = aggregates.find(({ right }) => right === asked.right)?.aggregate.elements;

  return (
    <Card title="Why?">
      <div className="grid gap-3">
        <Form action={`/settings/users/${user.id}`} scroll={false} prefetch={false}>
          <FilterSelect label="Right" name="right" options={options} defaultValue={asked.right ?? ""} />
        </Form>
        {kind && (
          <RowPicker key={asked.right} userId={user.id} asked={asked} kind={kind} chosen={answered?.rowName ?? ""} />
        )}
        <div role="status">
          {answered ? (
            <WhyAnswer answered={answered} isDisabled={user.disabledAt !== null} />
          ) : (
            <p className="text-muted">Choose a right to see which role, mark and rule decide, or what is missing.</p>
          )}
        </div>
      </div>
    </Card>
  );
}
