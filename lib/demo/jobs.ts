import type { Random } from "./random";
import type { Product, SampleCustomer, SampleJob } from "./types";

const GIB = 2 ** 30;
const JOBS = 300;
const products: readonly Product[] = ["veeam", "veeam", "veeam", "agent", "agent", "agent", "vzdump", "duplicati"];
const servers = ["DC01", "DC02", "FILE01", "SQL01", "APP01", "EXCH01", "PRINT01", "TS01", "TS02", "WEB01", "ERP01"];
const people = ["RECEPTION", "OFFICE", "LAPTOP", "CAD", "WORKSHOP", "ACCOUNTS"];
const veeamJobs = [
  "Daily servers",
  "Domain controllers",
  "SQL servers",
  "File servers",
  "Terminal servers",
  "Web and apps",
];
const folders = ["Shared documents", "Scans", "Bookkeeping", "Web server", "Photos", "Project archive"];

/** @returns 300 jobs: each customer has at least two, a few have twenty. */
export function makeJobs(random: Random, customers: readonly SampleCustomer[], now: Date): SampleJob[] {
  const weights = customers.map((_, index) => 1 / (1 + ((index * 17) % customers.length)));
  const counts = customers.map(() => 2);
  for (let left = JOBS - 2 * customers.length; left > 0; left--) {
    const next = furthestBelow(counts, weights);
    counts[next] = (counts[next] ?? 0) + 1;
  }
  return customers.flatMap((customer, index) => {
    const taken = new Set<string>();
    return Array.from({ length: counts[index] ?? 2 }, () => makeJob(random, customer, taken, now));
  });
}

/** Who is furthest below a share that follows the square root of the weight. */
function furthestBelow(counts: readonly number[], weights: readonly number[]): number {
  const missing = counts.map((count, index) => Math.sqrt(weights[index] ?? 0) / count);
  return missing.indexOf(Math.max(...missing));
}

function makeJob(random: Random, customer: SampleCustomer, taken: Set<string>, now: Date): SampleJob {
  const named = unused(taken, () => names[random.pick(products)](random, customer));
  const troubled = random.chance(0.07);
  const archived = random.chance(0.015);
  const firstNight = random.chance(0.06) ? random.int(5, 60) : 89;
  const start = random.int(30, 640);
  return {
    id: random.id(now.getTime() - (firstNight + 1) * 86_400_000),
    customer,
    ...named,
    startMinutes: named.product === "veeam" && random.chance(0.25) ? [start, start + 700] : [start],
    durationSeconds: random.int(4, 150) * 60 + random.int(0, 59),
    sizeBytes: random.int(20, 900) * GIB,
    weekends: named.resourceType !== "Workstation" || random.chance(0.3),
    warnings: troubled && named.product !== "vzdump" ? 0.3 : 0.05,
    failures: troubled ? 0.16 : 0.02,
    firstNight,
    lastNight: archived ? Math.min(firstNight, 25) : 0,
  };
}

type Named = Pick<
  SampleJob,
  "product" | "name" | "software" | "mailHost" | "host" | "jobType" | "resourceType" | "sender" | "objects"
>;

/** A name is given once per customer. */
function unused(taken: Set<string>, make: () => Named): Named {
  for (;;) {
    const made = make();
    const key = `${made.product} ${made.mailHost} ${made.name}`;
    if (taken.has(key)) continue;
    taken.add(key);
    return made;
  }
}

const names: Record<Product, (random: Random, customer: SampleCustomer) => Named> = {
  veeam: (random, customer) => {
    const copy = random.chance(0.2);
    const name = copy
      ? `Offsite copy ${random.int(1, 6)}`
      : `${random.pick(veeamJobs)}${random.chance(0.4) ? ` ${random.int(2, 4)}` : ""}`;
    return {
      product: "veeam",
      name,
      software: "Veeam Backup & Replication",
      mailHost: null,
      host: "",
      jobType: copy ? "backup copy" : "backup",
      resourceType: name.startsWith("SQL") ? "Database" : "Virtual machines",
      sender: `veeam@${customer.slug}.example`,
      objects: sample(random, servers, random.int(2, 7)).map((server) => `${prefixOf(customer)}-${server}`),
    };
  },
  agent: (random, customer) => {
    const server = random.chance(0.45);
    const machine = server ? random.pick(servers) : `${random.pick(people)}-PC${random.int(1, 9)}`;
    const host = `${prefixOf(customer)}-${machine}`;
    return {
      product: "agent",
      name: `Backup Job ${host}`,
      software: "Veeam Agent",
      mailHost: host,
      host,
      jobType: "backup",
      resourceType: server ? "Server" : "Workstation",
      sender: `backup@${customer.slug}.example`,
      objects: [host],
    };
  },
  vzdump: (random, customer) => {
    const host = `pve${random.int(1, 6)}.${customer.slug}.example`;
    return {
      product: "vzdump",
      name: `vzdump ${host}`,
      software: "Proxmox VE",
      mailHost: host,
      host,
      jobType: "vzdump",
      resourceType: "Virtual machines",
      sender: `root@${customer.slug}.example`,
      objects: sample(random, servers, random.int(2, 6)).map(
        (server, index) => `${server.toLowerCase()} (${100 + index})`,
      ),
    };
  },
  duplicati: (random, customer) => {
    const folder = random.pick(folders);
    return {
      product: "duplicati",
      name: `${folder}${random.chance(0.3) ? ` ${random.int(2, 5)}` : ""}`,
      software: "Duplicati",
      mailHost: null,
      host: `nas${random.int(1, 2)}.${customer.slug}.example`,
      jobType: "backup",
      resourceType: folder === "Web server" ? "Server" : "NAS",
      sender: `duplicati@${customer.slug}.example`,
      objects: [],
    };
  },
};

/** "CASTEL" for castellan-legal. */
const prefixOf = (customer: SampleCustomer): string => customer.slug.replace("-", "").slice(0, 6).toUpperCase();

function sample(random: Random, list: readonly string[], count: number): string[] {
  const left = [...list];
  return Array.from(
    { length: Math.min(count, list.length) },
    () => left.splice(random.int(0, left.length - 1), 1)[0] ?? "",
  ).sort();
}
