"use client";
import { useState } from "react";
import { FormCheckbox, FormSelect, FormText, FormTextArea } from "@/components/form/form-fields";
import { scheduleReport } from "@/lib/reports/actions";
import { weekdayOptions } from "@/lib/reports/rules";
import type { ReportRow } from "@/lib/reports/types";
import { ReportShell } from "./report-dialog";

const rhythms = [
  { value: "never", label: "Never" },
  { value: "day", label: "Every day" },
  { value: "week", label: "Every week" },
  { value: "month", label: "Every month" },
];

/** When the report is mailed, and to whom. */
export function ScheduleDialog({ report }: { report: Pick<ReportRow, "id" | "version" | "schedule"> }) {
  const { id, version } = report;
  return (
    <ReportShell
      label="Schedule"
      variant="secondary"
      title="Send by mail"
      action={scheduleReport}
      hidden={{ id, version }}
    >
      <ScheduleFields schedule={report.schedule} />
    </ReportShell>
  );
}

function ScheduleFields({ schedule }: Pick<ReportRow, "schedule">) {
  const [every, setEvery] = useState<string>(schedule?.every ?? "never");
  return (
    <>
      <FormSelect
        label="Send"
        name="every"
        defaultValue={every}
        options={rhythms}
        onChange={(event) => setEvery(event.target.value)}
      />
      {every === "week" && (
        <FormSelect label="On" name="weekday" defaultValue={String(schedule?.weekday ?? 1)} options={weekdayOptions} />
      )}
      {every === "month" && (
        <FormText
          label="On day"
          name="day_of_month"
          type="number"
          min={1}
          max={28}
          defaultValue={schedule?.dayOfMonth ?? 1}
          hint="Up to 28, which every month has."
        />
      )}
      {every !== "never" && (
        <>
          <FormText label="At" name="time" type="time" defaultValue={schedule?.time ?? "07:00"} required />
          <FormTextArea
            label="Recipients"
            name="recipients"
            rows={3}
            defaultValue={schedule?.recipients.join("\n")}
            hint="E-mail addresses, one a line. They read what you may see in the role you act in now."
            required
          />
          <fieldset className="grid gap-1">
            <legend className="font-medium">Attach</legend>
            <FormCheckbox
              label="PDF"
              name="attach[]"
              value="pdf"
              defaultChecked={schedule ? schedule.attach.includes("pdf") : true}
            />
            <FormCheckbox label="CSV" name="attach[]" value="csv" defaultChecked={schedule?.attach.includes("csv")} />
          </fieldset>
        </>
      )}
    </>
  );
}
