import "server-only";
import { type Access, can } from "../access/can";
import { getReading, latestRunsOfJob } from "../runs/background";
import { getRun, listObjects } from "../runs/queries";
import { openTicketsOfJob } from "./queries";

const HISTORY_RUNS = 30;

/** @returns all that the panel of a run shows. Stops with 404 for what is not covered. */
export async function readRunPanel(access: Access, id: string) {
  const run = await getRun(id);
  const [objects, reading, history, tickets] = await Promise.all([
    listObjects(id, "", 1),
    getReading(id),
    latestRunsOfJob(run.job.id, HISTORY_RUNS),
    can(access, "tickets.view") ? openTicketsOfJob(run.job.id) : [],
  ]);
  return { run, objects, reading, history, tickets };
}

/** As it comes out of the door: moments are texts. */
export type RunPanelData = Told<Awaited<ReturnType<typeof readRunPanel>>>;

type Told<T> = T extends Date ? string : T extends object ? { [Key in keyof T]: Told<T[Key]> } : T;
