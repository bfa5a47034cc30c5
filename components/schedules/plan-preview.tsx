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
      <p className="text-muted text-sm">Next, in {zone}:</p>
      <ul className="flex flex-wrap gap-x-4 text-muted text-sm">
        {slots.map(({ at }) => (
          <li key={at} className="whitespace-nowrap">
            {shortDay(at, zone)}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** @returns "Tue 2026-12-15 22:00". */
function shortDay(at: number, zone: string): string {
  const [weekday = "", time = ""] = dayAndTime(at, zone).split(" ");
  return `${weekday.slice(0, 3)} ${dateOf(localOf(zone, at).day)} ${time}`;
}
