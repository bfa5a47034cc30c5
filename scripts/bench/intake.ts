import { randomUUID } from "node:crypto";
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { hashKey, newKey } from "../../lib/intake-keys/keys";

const MAILS = 2000;
const JOBS = 100;
const SENDERS = 20;
/** Somebody who works on Run Checks meanwhile: a page twice a second. */
const LOOK_MS = 500;
const IDLE_LOOKS = 20;

type Figures = { perSecond: number; taken: number; idleP95: number; busyP95: number };

/**
 * Delivers mails of known jobs by `POST /api/intake/mail` until each of them is a run, while somebody looks at a page.
 * @param address of the page, with the cookie of who looks. @returns mails per second from the first delivery to the last
 * run, how many were taken, and the 95th percentile of the page in ms, idle and meanwhile.
 */
export async function benchIntake(url: string, databaseUrl: string, cookie: string): Promise<Figures> {
  const sql = postgres(databaseUrl, { max: 2, onnotice: () => {} });
  const key = newKey();
  await prepare(sql, key);
  const runsNow = async () => Number((await sql`select count(*) from runs`)[0]?.count);
  const before = await runsNow();
  const page = `${url}/run-checks`;
  const idle: number[] = [];
  for (let look = 0; look < IDLE_LOOKS; look++) {
    idle.push(await timed(page, cookie));
    await sleep(LOOK_MS);
  }
  const busy: number[] = [];
  let isDone = false;
  const looking = (async () => {
    while (!isDone) {
      busy.push(await timed(page, cookie));
      await sleep(LOOK_MS);
    }
  })();
  const startedAt = Date.now();
  const taken = await deliverAll(url, key);
  while ((await runsNow()) - before < taken) await sleep(200);
  const seconds = (Date.now() - startedAt) / 1000;
  isDone = true;
  await looking;
  await sql.end();
  return { perSecond: taken / seconds, taken, idleP95: percentile(idle), busyP95: percentile(busy) };
}

/** Jobs that the mails below are known to belong to, and the key that brings them. */
async function prepare(sql: postgres.Sql, key: string): Promise<void> {
  await sql`insert into intake_keys (id, name, key_hash, created_by) values (gen_random_uuid(), 'bench', ${hashKey(key)}, 'bench')`;
  await sql`insert into customers (id, name) values (gen_random_uuid(), 'Bench')`;
  await sql`insert into jobs (id, customer_id, resource_type_id, name, software, host, job_type)
    select gen_random_uuid(), (select id from customers where name = 'Bench'), (select id from resource_types limit 1),
      'vzdump ' || host, 'Proxmox VE', host, 'vzdump' from (select 'bench-' || i || '.example' as host from generate_series(0, ${JOBS - 1}::int) i) as hosts`;
  await sql`insert into job_keys (match_key, sender, job_id)
    select 'proxmox ve|' || host || '|' || name || '|vzdump', 'root@' || host, id from jobs where host like 'bench-%'`;
}

async function deliverAll(url: string, key: string): Promise<number> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: SENDERS });
  let next = 0;
  let taken = 0;
  const sender = async () => {
    while (next < MAILS) {
      const mail = mailOf(next++);
      // A machine that is told to come back later does.
      let status = 429;
      for (; status === 429 || status === 503; await sleep(status === 202 ? 0 : 250))
        status = await deliver(agent, url, key, mail);
      if (status === 202) taken++;
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
  agent.destroy();
  return taken;
}

function deliver(agent: http.Agent, url: string, key: string, mail: string): Promise<number> {
  const headers = { authorization: `Bearer ${key}`, "content-type": "message/rfc822" };
  return new Promise((resolve, reject) => {
    const request = http.request(`${url}/api/intake/mail`, { method: "POST", agent, headers }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode ?? 0));
    });
    request.on("error", reject);
    request.end(mail);
  });
}

/** A report of Proxmox VE about forty guests: some 8 KB, as such mails are. No two began at the same moment. */
function mailOf(number: number): string {
  const host = `bench-${number % JOBS}.example`;
  const sent = new Date(Date.now() - (number + 1) * 61_000);
  const guests = Array.from(
    { length: 40 },
    (_, i) => `${100 + i}    guest-${i}    ok    4m 11s    12.301 GiB    vm/${100 + i}/x`,
  );
  const log = guests.map(
    (_, i) =>
      `${100 + i}: INFO: Starting Backup of VM ${100 + i} (qemu)\r\n${100 + i}: INFO: Finished Backup of VM ${100 + i} (00:04:11)`,
  );
  return [
    `From: vzdump backup tool <root@${host}>`,
    `To: backups@desk.example`,
    `Subject: vzdump backup status (${host}): backup successful`,
    `Date: ${sent.toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: <${randomUUID()}@${host}>`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=UTF-8",
    "",
    "Details",
    "=======",
    "VMID    Name    Status    Time    Size    Filename",
    ...guests,
    "",
    "Total running time: 2h 47m 20s",
    "Total size: 492.04 GiB",
    "",
    "Logs",
    "====",
    ...log,
    "",
  ].join("\r\n");
}

async function timed(address: string, cookie: string): Promise<number> {
  const startedAt = performance.now();
  const answer = await fetch(address, { headers: { cookie } });
  await answer.text();
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}.`);
  return performance.now() - startedAt;
}

const percentile = (times: number[]): number => [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
