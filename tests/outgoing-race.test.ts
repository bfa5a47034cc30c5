import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase, db, transaction } from "@/lib/db";
import { deliveries, outgoing } from "@/lib/db/schema/outgoing";
import { enqueueWebhook } from "@/lib/outgoing/enqueue";
import { sendDeliveries } from "@/lib/outgoing/send-deliveries";
import { openOnPostgres } from "./support/database";

const server = process.env.TEST_POSTGRES_URL ?? "";

describe.skipIf(!server)("on PostgreSQL", () => {
  const got = new Map<string, number>();
  const hook = http.createServer((request, response) => {
    const id = String(request.headers["x-backupchecks-delivery"]);
    got.set(id, (got.get(id) ?? 0) + 1);
    setTimeout(() => response.writeHead(204).end(), 20);
  });

  beforeAll(async () => {
    process.env.ALLOW_PRIVATE_WEBHOOKS = "1";
    await openOnPostgres(server, "outgoing_race");
    await new Promise<void>((done) => hook.listen(0, "127.0.0.1", done));
  });
  afterAll(async () => {
    hook.close();
    await closeDatabase();
  });

  test("forty calls that several nodes send at the same moment are each made once", async () => {
    const webhookUrl = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`;
    await transaction((tx) => tx.update(outgoing).set({ webhookUrl }));
    await transaction(async (tx) => {
      for (let n = 0; n < 40; n++) await enqueueWebhook(tx, { event: "test", body: { n }, about: `Call ${n}` });
    });
    const never = new AbortController().signal;
    await Promise.all([1, 2, 3].map(() => sendDeliveries(never)));
    const rows = await db().select().from(deliveries);
    expect(rows.filter(({ sentAt, attempts }) => sentAt !== null && attempts === 1)).toHaveLength(40);
    expect([...got.values()]).toEqual(Array(40).fill(1));
    expect([...got.keys()].sort()).toEqual(rows.map(({ id }) => id).sort());
  });
});
