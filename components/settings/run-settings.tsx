import { FormCheckbox, FormSelect } from "@/components/form/form-fields";
import { Card } from "@/components/ui/card";
import { dayModeLabels, dayModes } from "@/lib/days/rules";
import type { Settings } from "@/lib/settings/queries";

/** What counts when runs differ, and which of them nobody needs to look at. */
export function RunSettings({ settings }: { settings: Settings }) {
  return (
    <Card title="Runs">
      <div className="grid gap-4">
        <FormSelect
          label="Status of a day"
          name="day_status"
          defaultValue={settings.dayStatus}
          options={dayModes.map((value) => ({ value, label: dayModeLabels[value] }))}
          hint="What a day shows when a job ran several times, in charts and reports."
        />
        <FormCheckbox
          name="reviews_plain_success"
          label="Review successes by themselves when nothing is odd"
          defaultChecked={settings.reviewsPlainSuccess}
          hint="Size, duration and objects are as usual, and the sender is who it should be. Everything else waits in Run Checks."
        />
      </div>
    </Card>
  );
}
