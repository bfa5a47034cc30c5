import { ActionForm } from "@/components/form/action-form";
import { FormSelect } from "@/components/form/form-fields";
import { Card } from "@/components/ui/card";
import { SubmitButton } from "@/components/ui/submit-button";
import { startReparse } from "@/lib/reparses/actions";
import type { ListedReparse } from "@/lib/reparses/queries";
import { ReparseList } from "./reparse-list";

type Props = { latest: ListedReparse[]; timeZone: string };

/** Reads mails that are here once more, with the parsers and rules of now. */
export function StartReparse({ latest, timeZone }: Props) {
  return (
    <Card title="Read mails once more">
      <div className="grid gap-4">
        <p>
          After a rule or a parser has changed, mails that are here can be read with it. First you see what would
          change; nothing changes before you apply it.
        </p>
        <ActionForm action={startReparse} hidden={{ which: "days" }} className="flex flex-wrap items-end gap-3">
          <FormSelect
            label="Which mails"
            name="days"
            defaultValue="30"
            options={[
              { value: "7", label: "Of the last 7 days" },
              { value: "30", label: "Of the last 30 days" },
              { value: "90", label: "Of the last 90 days" },
              { value: "4000", label: "All that are kept" },
            ]}
          />
          <SubmitButton variant="secondary">Read once more</SubmitButton>
        </ActionForm>
        {latest.length > 0 && <ReparseList rows={latest} timeZone={timeZone} />}
      </div>
    </Card>
  );
}
