"use server";
import { action } from "../../action";
import { forget, moveKeyTo } from "./keys";
import { merge } from "./merge";
import { keySchema, mergeSchema, moveKeySchema, splitSchema } from "./schema";
import { split } from "./split";

/** Dissolves a job into another one. */
export const mergeJob = action("jobs.manage", mergeSchema, merge, { name: "job.merge" });

/** Makes a job of some of the keys of another one. */
export const splitJob = action("jobs.manage", splitSchema, split, { name: "job.split" });

export const forgetKey = action("jobs.manage", keySchema, forget, { name: "job.forget" });

export const moveKey = action("jobs.manage", moveKeySchema, moveKeyTo, { name: "job.rekey" });
