import "server-only";
import type { Tx } from "../db";
import { quietTimes } from "../db/schema/calendar";
import { lastNightOf } from "./outcomes";
import type { Random } from "./random";
import type { SampleCustomer } from "./types";

const DAY = 86_400_000;

/** Stores days off of every year, and a maintenance that is planned. */
export async function insertCalendar(
  tx: Tx,
  random: Random,
  customers: readonly SampleCustomer[],
  now: Date,
): Promise<void> {
  const year = now.getUTCFullYear();
  const yearly = [
    ["New Year", "01-01", "01-01"],
    ["Labour Day", "05-01", "05-01"],
    ["Christmas", "12-25", "12-26"],
  ] as const;
  const holidays = yearly.map(([name, from, to]) => ({
    ...{ kind: "holiday" as const, name, isYearly: true },
    ...{ fromDay: `${year}-${from}`, toDay: `${year}-${to}` },
  }));
  const moved = lastNightOf(now) + 9 * DAY;
  const maintenance = {
    ...{ kind: "maintenance" as const, name: "New storage is put in" },
    customerId: customers.find(({ name }) => name.includes("Hospital"))?.id,
    ...{ startsAt: new Date(moved), endsAt: new Date(moved + DAY / 2) },
  };
  const known: Omit<typeof quietTimes.$inferInsert, "createdBy">[] = [...holidays, maintenance];
  await tx
    .insert(quietTimes)
    .values(known.map((one) => ({ ...one, id: random.id(now.getTime()), createdBy: "petra", createdAt: now })));
}
