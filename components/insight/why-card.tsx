import { Card } from "@/components/ui/card";
import { aggregates } from "@/lib/access/registry";
import type { Asked } from "@/lib/insight/asked";
import type { Answered, Insight } from "@/lib/insight/queries";
import { RightSelect } from "./right-select";
import { RowPicker } from "./row-picker";
import { WhyAnswer } from "./why-answer";

type Props = { user: Insight; asked: Asked; answered: Answered | null };

/** Any right, and for rights over rows any row: which role, mark and rule decide. Kept in the address, so that it can be shared. */
export function WhyCard({ user, asked, answered }: Props) {
  const kind = aggregates.find(({ right }) => right === asked.right)?.aggregate.elements;

  return (
    <Card title="Why?">
      <div className="grid gap-3">
        <RightSelect userId={user.id} right={asked.right ?? ""} />
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
