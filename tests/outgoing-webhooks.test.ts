import { createHmac } from "node:crypto";
import dns from "node:dns/promises";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { db, transaction } from "@/lib/db";
import { deliveries, outgoing } from "@/lib/db/schema/outgoing";
import { callWebhook } from "@/lib/outgoing/call-webhook";
import { enqueueWebhook } from "@/lib/outgoing/enqueue";
import { isPrivate } from "@/lib/outgoing/private-addresses";
import { sendDeliveries } from "@/lib/outgoing/send-deliveries";
import { sealSecret } from "@/lib/outgoing/stored";
import { makeCertificate } from "./support/certificate";
import { closeTestDatabase, openTestDatabase } from "./support/database";

type Got = { body: string; headers: IncomingMessage["headers"]; url: string };
const got: Got[] = [];
const servers: (http.Server | https.Server)[] = [];

afterEach(() => {
  got.length = 0;
  vi.restoreAllMocks();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server on loopback. @returns its port. */
async function listen(answer: (response: ServerResponse) => void, secure = false): Promise<number> {
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      got.push({ body: Buffer.concat(parts).toString(), headers: request.headers, url: request.url ?? "" });
      answer(response);
    });
  };
  const server = secure ? https.createServer(makeCertificate(), onRequest) : http.createServer(onRequest);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return (server.address() as AddressInfo).port;
}

const ok = (response: ServerResponse) => response.writeHead(204).end();
const call = (url: string, allowPrivate = true) =>
  callWebhook({ url, secret: "s3cret", deliveryId: "d-1", body: '{"a":1}', allowPrivate });

describe("a call", () => {
  test("brings the body, a number that stays, and a signature over exactly these bytes", async () => {
    const port = await listen(ok);
    await call(`http://127.0.0.1:${port}/hook?x=1`);
    const [one] = got;
    expect(one).toMatchObject({ url: "/hook?x=1", body: '{"a":1}' });
    expect(one?.headers).toMatchObject({
      "content-type": "application/json",
      "x-backupchecks-delivery": "d-1",
      "x-backupchecks-signature": `sha256=${createHmac("sha256", "s3cret").update('{"a":1}').digest("hex")}`,
    });
  });

  test("that is answered with 300 and above has failed, and is not led elsewhere", async () => {
    const elsewhere = await listen(ok);
    const port = await listen((response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${elsewhere}/` }).end(),
    );
    await expect(call(`http://127.0.0.1:${port}/`)).rejects.toThrow("The address answered 302.");
    expect(got).toHaveLength(1);
  });

  test("to where nobody listens, or whose certificate is not trusted, says so", async () => {
    const port = await listen(ok, true);
    await expect(call(`https://localhost:${port}/`)).rejects.toThrow("certificate of the address is not trusted");
    await expect(call("http://127.0.0.1:9/")).rejects.toThrow("Nobody listens at this address.");
    expect(got).toEqual([]);
  });

  test("that is not answered ends", async () => {
    vi.spyOn(AbortSignal, "timeout").mockImplementation(() => {
      const limit = new AbortController();
      setTimeout(() => limit.abort(), 100);
      return limit.signal;
    });
    const port = await listen(() => {});
    await expect(call(`http://127.0.0.1:${port}/`)).rejects.toThrow("did not answer within 10 seconds");
    vi.spyOn(dns, "lookup").mockImplementation(() => new Promise(() => {}));
    await expect(call("http://slow.example/")).rejects.toThrow("did not answer within 10 seconds");
  });

  test.each(["ftp://127.0.0.1/", "file:///etc/passwd", "javascript:1", "http://user:pass@127.0.0.1/", "", "localhost"])(
    "to %j is not made",
    async (url) => {
      await expect(call(url)).rejects.toThrow("The address must begin with http:// or https://");
    },
  );

  test("into a private network is refused before anything is connected", async () => {
    const port = await listen(ok);
    const hosts = ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433", "0x7f.1", "127.1"];
    for (const host of hosts)
      await expect(call(`http://${host}:${port}/`, false), host).rejects.toThrow("leads into a private network");
    expect(got).toEqual([]);
  });

  test("goes to the address that was looked up and looked at, whatever the name server says next", async () => {
    const port = await listen(ok);
    const answers = vi
      .spyOn(dns, "lookup")
      .mockImplementation((async () => [{ address: "127.0.0.1", family: 4 }]) as never);
    await call(`http://hooks.example.invalid:${port}/`);
    expect(got[0]?.headers.host).toBe(`hooks.example.invalid:${port}`);
    expect(answers).toHaveBeenCalledTimes(1);
    const mixed = [
      { address: "93.184.216.34", family: 4 },
      { address: "10.0.0.5", family: 4 },
    ];
    answers.mockImplementation((async () => mixed) as never);
    await expect(call(`http://hooks.example.invalid:${port}/`, false)).rejects.toThrow("leads into a private network");
    expect(got).toHaveLength(1);
  });
});

test("addresses of the public internet, and all others", () => {
  const open = ["93.184.216.34", "8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"];
  const closed = [
    ...["10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "127.0.0.53", "169.254.169.254", "100.64.0.1"],
    ...["0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1"],
    ...["::", "::1", "::ffff:8.8.8.8", "64:ff9b::a00:1", "fe80::1", "fec0::1", "fc00::1", "fd12::1", "ff02::1"],
    ...["2001:db8::1", "2002:7f00:1::", "2001::1", "not an address", ""],
  ];
  expect(open.filter(isPrivate)).toEqual([]);
  expect(closed.filter((address) => !isPrivate(address))).toEqual([]);
});

describe("deliveries", () => {
  beforeAll(async () => {
    await openTestDatabase();
  });
  afterAll(closeTestDatabase);

  test("hold the event, its moment and its number; loopback is closed unless the server is told otherwise", async () => {
    const port = await listen(ok);
    const webhookSecret = sealSecret("webhookSecret", "s3cret");
    await transaction((tx) => tx.update(outgoing).set({ webhookUrl: `http://127.0.0.1:${port}/`, webhookSecret }));
    const body = { code: "T-1001" };
    await transaction((tx) => enqueueWebhook(tx, { event: "ticket.created", body, about: "Ticket T-1001" }));
    await sendDeliveries(new AbortController().signal);
    const [row] = await db().select().from(deliveries);
    expect(row).toMatchObject({ kind: "webhook", attempts: 1, sentAt: null });
    expect(row?.error).toContain("private network");
    expect(got).toEqual([]);

    const { env } = await import("@/lib/env");
    vi.spyOn(env(), "ALLOW_PRIVATE_WEBHOOKS", "get").mockReturnValue("1");
    await transaction((tx) => tx.update(deliveries).set({ nextAttemptAt: new Date() }));
    await sendDeliveries(new AbortController().signal);
    const sent = got[0]?.body ?? "";
    expect(JSON.parse(sent)).toEqual({
      id: row?.id,
      event: "ticket.created",
      at: row?.createdAt.toISOString(),
      data: { code: "T-1001" },
    });
    const signature = createHmac("sha256", "s3cret").update(sent).digest("hex");
    expect(got[0]?.headers["x-backupchecks-signature"]).toBe(`sha256=${signature}`);
    expect((await db().select().from(deliveries))[0]).toMatchObject({ attempts: 2, error: null });
  });
});
