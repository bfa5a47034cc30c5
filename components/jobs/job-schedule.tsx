import { PauseJob } from "@/components/schedules/pause-job";
import { ScheduleEditor } from "@/components/schedules/schedule-editor";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Badge } from "@/components/ui/status";
import { formatEnd, formatMoment } from "@/lib/format";
import type { JobSchedule as Schedule } from "@/lib/schedules/queries";
import { expectsLabels } from "@/lib/schedules/told";
import { clockInWords, offsetInWords, scheduleInWords, usuallyDoneBy } from "@/lib/schedules/words";
import { timeZoneNames } from "@/lib/time-zones";

type Props = { name: string; schedule: Schedule; accountZone: string; mayManage: boolean };

/** When runs of a job are expected, and how that is known. */
export function JobSchedule({ name, schedule, accountZone, mayManage }: Props) {
  const { id, isPaused, next, zone, silenceDays, lastHits, otherOffset } = schedule;
  const zones = mayManage ? timeZoneNames() : [];
  return (
    <Card
      title="Schedule"
      actions={
        mayManage && (
          <>
            <PauseJob id={id} name={name} isPaused={isPaused} timeZone={accountZone} />
            <ScheduleEditor name={name} schedule={editable(schedule)} zones={zones} accountZone={accountZone} />
          </>
        )
      }
    >
      <div className="grid gap-3">
        {isPaused && <Alert tone="info">{pauseInWords(schedule, accountZone)}</Alert>}
        {otherOffset !== null && (
          <Alert tone="warning">
            The clock of this machine seems to be at UTC{offsetInWords(otherOffset)}, which is not {zone} at that time.
            Choose another time zone if its runs are expected at the wrong hour.
          </Alert>
        )}
        <DescriptionList
          items={[
            { term: "Expected", value: <Expected schedule={schedule} /> },
            ...(next && !isPaused
              ? [
                  {
                    term: "Next run",
                    value: `${formatMoment(next.at, zone)}; its mail is late from ${formatMoment(next.lateFrom, zone)}`,
                  },
                ]
              : []),
            ...(silenceDays ? [{ term: "No success", value: `Told after ${silenceDays} days without one` }] : []),
            { term: "Time zone", value: `${zone} ${zoneOrigin[schedule.zoneOf]}` },
            {
              term: "Last runs",
              value: lastHits.length > 0 ? lastHits.map((at) => formatMoment(at, zone)).join(", ") : "None yet",
            },
          ]}
        />
      </div>
    </Card>
  );
}

const zoneOrigin = { job: "(of this job)", customer: "(of the customer)", account: "(of the account)" };

function Expected({ schedule }: { schedule: Schedule }) {
  const { expects, plan, learned, learning } = schedule;
  if (expects === "planned" && plan)
    return (
      <>
        {scheduleInWords(plan)} <Badge tone="info">Planned</Badge>
      </>
    );
  if (expects !== "learned") return expectsLabels[expects];
  if (!learned) return learning;
  if (!learned.schedule) return `Its ${learned.hits} runs follow no rule; only a long silence is told.`;
  const clock = clockInWords(learned.clock, schedule.zone);
  const doneBy = usuallyDoneBy(learned);
  return (
    <>
      {scheduleInWords(learned.schedule, "about")}
      {doneBy && `, usually done by ${doneBy}`} <Badge>Learned</Badge>
      <span className="block text-muted text-sm">
        {learned.hits} of {learned.expected} expected runs came.
        {learned.schedule.kind !== "interval" &&
          ` Of 100 mails 95 are no more than ${learned.spreadMinutes} minutes off.`}
        {clock && ` ${clock}`}
      </span>
    </>
  );
}

function pauseInWords({ pausedUntil, pausedBy }: Schedule, accountZone: string): string {
  const until = pausedUntil ? `until ${formatEnd(pausedUntil, accountZone)}` : "until somebody resumes it";
  return `Paused ${until}${pausedBy ? `, by ${pausedBy}` : ""}. No run is expected.`;
}

/** Only what the form needs goes to the browser. */
const editable = ({ id, version, expects, plan, learned, graceMinutes, quietAfterDays, timeZone, zone }: Schedule) => ({
  ...{ id, version, expects, plan, graceMinutes, quietAfterDays, timeZone, zone },
  learned: learned?.schedule ?? null,
});
