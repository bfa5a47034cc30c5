import { playMonth } from "./month/desk";
import { makeWorld, type Plan } from "./month/world";

/** Plays five weeks of many jobs day by day and prints how well missed runs are found: `npx tsx scripts/bench/month.ts [jobs] [days] [seed]`. */

const [jobs = 300, days = 40, seed = 1] = process.argv.slice(2).map(Number);
const plan: Plan = { jobs, days, seed, start: "2026-10-01", historyDays: 160 };
const startedAt = performance.now();
const result = playMonth(makeWorld(plan), plan);
const percent = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;

console.log(
  `${result.jobs} jobs, ${days} days from ${plan.start}, seed ${seed}, ${Math.round(performance.now() - startedAt)} ms`,
);
console.log(`planned runs          ${result.plannedRuns}`);
console.log(`schedules learned     ${result.learnedJobs}`);
console.log(`really missed         ${result.missed}`);
console.log(`told as missed        ${result.claimed}`);
console.log(`precision             ${percent(result.found, result.claimed)}`);
console.log(`recall                ${percent(result.found, result.missed)}`);
console.log(`told, then came late  ${result.cameLate}`);
console.log(`held back as suspected while a source was silent  ${result.heldBack}`);
console.log(
  `jobs cut down to weekdays unannounced  ${result.cutDown.jobs}, with ${result.cutDown.claimed} runs told as missed until it was learned`,
);
for (const line of result.wrong) console.log(line);
