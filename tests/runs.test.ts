import { afterAll, beforeAll, expect, test } from "vitest";
import { readListQuery } from "@/lib/list";
import { getRun, latestRunsOfCustomer, listObjects, listRunsOfJob } from "@/lib/runs/queries";
import { actAs, Interrupt, type Person, person } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { customerNamed, jobOf, objectsOf, runOf } from "./support/desk";

let vi: Person;
beforeAll(async () => {
  await openTestDatabase();
  vi = await person("vi", "Viewer");
});
afterAll(closeTestDatabase);

test("a run knows its job, its customer, and the runs before and after it", async () => {
  const customer = await customerNamed("Acme");
  const job = await jobOf(customer, "Files", { host: "SRV-1" });
  const at = new Date("2026-11-01T02:00:00Z");
  const runs = [
    await runOf(job, "success", 0, { ranAt: at }),
    await runOf(job, "failed", 0, { ranAt: at, notes: ["The time lies in the future."] }),
    await runOf(job, "success", 0, { ranAt: new Date("2026-11-02T02:00:00Z") }),
  ];
  await runOf(await jobOf(customer, "Other"), "success", 0, { ranAt: at });
  actAs(vi);
  const [first, second, third] = runs.map(({ id }) => id);
  expect(await getRun(first ?? "")).toMatchObject({ previousId: null, nextId: second, mail: null });
  expect(await getRun(second ?? "")).toMatchObject({
    previousId: first,
    nextId: third,
    job: { name: "Files", host: "SRV-1" },
    customer: { name: "Acme" },
    notes: ["The time lies in the future."],
  });
  expect(await getRun(third ?? "")).toMatchObject({ previousId: second, nextId: null });
});

test("an address that names no run is answered as not found, also when it is no id at all", async () => {
  actAs(vi);
  for (const id of ["0193a1b2-0000-7000-8000-000000000000", "1", "' or true"])
    await expect(getRun(id)).rejects.toEqual(new Interrupt("not-found"));
});

test("objects come failed first, are searched, and paged", async () => {
  const run = await runOf(await jobOf(await customerNamed("Objects"), "VMs"), "failed");
  await objectsOf(run, "success", "warning", ...Array.from({ length: 110 }, () => "success" as const), "failed");
  actAs(vi);
  const first = await listObjects(run.id, "", 1);
  expect(first.total).toBe(113);
  expect(first.rows.slice(0, 3).map(({ name }) => name)).toEqual(["VM-112", "VM-1", "VM-0"]);
  expect((await listObjects(run.id, "", 2)).rows).toHaveLength(13);
  expect((await listObjects(run.id, "vm-112", 1)).rows).toMatchObject([{ status: "failed" }]);
  expect((await listObjects(run.id, "_", 1)).rows).toEqual([]);
});

test("the runs of a job are paged and filtered; a customer's latest runs mix its jobs", async () => {
  const customer = await customerNamed("Runs");
  const [a, b] = [await jobOf(customer, "A"), await jobOf(customer, "B")];
  for (let hour = 1; hour <= 60; hour++) await runOf(a, hour % 10 === 0 ? "failed" : "success", hour);
  await runOf(b, "warning", 0.5);
  actAs(vi);
  const list = (params: Record<string, string>) =>
    listRunsOfJob(a.id, readListQuery<"ran">(params, ["-ran"], ["status"]));
  const page = await list({});
  expect(page.rows).toHaveLength(50);
  expect((await list({ after: `${page.next?.id}~${page.next?.value}` })).rows).toHaveLength(10);
  expect((await list({ status: "failed" })).rows).toHaveLength(6);
  expect((await latestRunsOfCustomer(customer.id, 3)).map(({ job }) => job)).toEqual(["B", "A", "A"]);
});

test("who may not view resources gets none of it", async () => {
  const run = await runOf(await jobOf(await customerNamed("Hidden"), "Files"), "failed");
  actAs(await person("rea", "Reporter"));
  await expect(getRun(run.id)).rejects.toEqual(new Interrupt("forbidden"));
  await expect(listObjects(run.id, "", 1)).rejects.toEqual(new Interrupt("forbidden"));
});
