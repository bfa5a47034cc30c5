"use client";
import { nextSlots } from "@/lib/schedules/judge";
import { planProblem, tidyPlan } from "@/lib/schedules/plan";
import type { Schedule } from "@/lib/schedules/types";
import { dayAndTime, scheduleInWords } from "@/lib/schedules/words";
import { dateOf, localOf } from "@/lib/schedules/zones";

const SHOWN = 5;

/** What the plan means, in words and by its next dates. */
export function PlanPreview({ plan, zone }: { plan: Schedule; zone: string }) {
  const problem = planProblem(plan);
  if (problem)
    return (
      <p role="status" className="text-muted">
        {problem}
      </p>
    );
  const schedule = tidyPlan(plan);
  const slots = nextSlots({ schedule, clock: zone, allowedMinutes: 0 }, Date.now(), SHOWN);
  return (
    <div role="status" className="grid gap-1">
      <p className="font-medium">{scheduleInWords(schedule)}</p>
      <p className="text-muted text-sm">
        Next, in {zone}: {slots.map(({ at }) => `${dateOf(localOf(zone, at).day)} ${dayAndTime(at, zone)}`).join("; ")}
      </p>
    </div>
  );
}
