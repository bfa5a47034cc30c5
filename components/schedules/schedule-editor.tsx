"use client";
import { useState } from "react";
import { ActionForm } from "@/components/form/action-form";
import { FormSelect, FormText } from "@/components/form/form-fields";
import { RefreshWhenRefused } from "@/components/form/refresh-when-refused";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { Dialog } from "@/components/ui/dialog";
import { Hidden } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { updateSchedule } from "@/lib/schedules/actions";
import { type Expects, expectations } from "@/lib/schedules/expectation";
import { expectsLabels } from "@/lib/schedules/told";
import type { Schedule } from "@/lib/schedules/types";
import { PlanFields } from "./plan-fields";

type Props = {
  name: string;
  schedule: {
    id: string;
    version: number;
    expects: Expects;
    plan: Schedule | null;
    learned: Schedule | null;
    graceMinutes: number | null;
    quietAfterDays: number | null;
    timeZone: string | null;
    /** The zone that holds now, of whatever it is. */
    zone: string;
  };
  zones: string[];
  accountZone: string;
};

export function ScheduleEditor({ name, schedule, ...props }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)} aria-label="Edit the schedule">
        Edit
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={`Schedule of ${name}`}>
        <ScheduleForm schedule={schedule} {...props} onClose={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

const everyEvening: Schedule = { kind: "weekly", at: [{ time: "22:00", weekdays: [1, 2, 3, 4, 5, 6, 7] }] };

function ScheduleForm({ schedule, zones, onClose }: Omit<Props, "name"> & { onClose: () => void }) {
  const { id, version, learned } = schedule;
  const [expects, setExpects] = useState(schedule.expects);
  const [plan, setPlan] = useState(schedule.plan ?? learned ?? everyEvening);
  const [zone, setZone] = useState(schedule.timeZone ?? "");
  const isByClock = expects === "learned" || expects === "planned";
  const hasRule = expects !== "failures-only" && expects !== "alerts-only";
  return (
    <ActionForm action={updateSchedule} hidden={{ id, version }} onDone={onClose} className="grid gap-4">
      {({ errors }) => (
        <>
          <RefreshWhenRefused />
          <FormSelect
            label="Expected runs"
            name="expects"
            defaultValue={schedule.expects}
            options={expectations.map((value) => ({ value, label: expectsLabels[value] }))}
            onChange={(event) => setExpects(event.currentTarget.value as Expects)}
            hint={hints[expects]}
          />
          {expects === "planned" && (
            <>
              <PlanFields plan={plan} onChange={setPlan} zone={zone || schedule.zone} error={errors.plan} />
              <Hidden name="plan" value={JSON.stringify(plan)} />
            </>
          )}
          <div className="grid gap-4 sm:grid-cols-2">
            {isByClock && (
              <FormText
                label="Grace in minutes"
                name="grace"
                inputMode="numeric"
                defaultValue={schedule.graceMinutes ?? ""}
                hint="How long after its start a mail may come. Empty: as learned."
              />
            )}
            {hasRule && (
              <FormText
                label="Days without a success"
                name="quiet_days"
                inputMode="numeric"
                defaultValue={schedule.quietAfterDays ?? ""}
                hint={
                  isByClock ? "Told besides missed runs. Empty: only where no rule fits." : "Empty: 7 days or more."
                }
              />
            )}
          </div>
          <FormSelect
            label="Time zone"
            name="time_zone"
            defaultValue={schedule.timeZone ?? ""}
            options={[
              { value: "", label: "That of the customer or the account" },
              ...zones.map((value) => ({ value, label: value })),
            ]}
            onChange={(event) => setZone(event.currentTarget.value)}
          />
          <ButtonRow align="end">
            <Button onClick={onClose}>Cancel</Button>
            <SubmitButton>Save</SubmitButton>
          </ButtonRow>
        </>
      )}
    </ActionForm>
  );
}

const hints: Record<Expects, string> = {
  learned: "From its mails, after about a week for a daily job.",
  planned: "A run that does not come is missed, from now on.",
  "failures-only": "No mail is good news: nothing is ever missed.",
  "alerts-only": "Nothing is ever missed.",
  workstation: "Only a long time without a success is told.",
};
