import "server-only";
import { createHmac } from "node:crypto";
import dns from "node:dns/promises";
import http from "node:http";
import https from "node:https";
import { isIP } from "node:net";
import { isPrivate } from "./private-addresses";
import { callProblem } from "./problems";

const LIMIT_MS = 10_000;

type Call = { url: string; secret: string; deliveryId: string; body: string; allowPrivate: boolean };

/**
 * Posts JSON to an address. Only public addresses are called, unless allowed otherwise; the name is looked up once and
 * the connection goes to what was found, so that a second answer of the name server leads nowhere else. Redirects are
 * not followed.
 * @throws Error whose message says in words what went wrong; an answer of 300 and above is a failure.
 */
export async function callWebhook(call: Call): Promise<void> {
  const url = readAddress(call.url);
  const limit = AbortSignal.timeout(LIMIT_MS);
  let status: number;
  try {
    const to = await Promise.race([resolved(url.hostname, call.allowPrivate), ended(limit)]);
    status = await post(url, to, call, limit);
  } catch (error) {
    if (limit.aborted) throw new Error("The address did not answer within 10 seconds.");
    throw error instanceof Refusal ? error : new Error(callProblem(error));
  }
  if (status < 200 || status >= 300) throw new Error(`The address answered ${status}.`);
}

class Refusal extends Error {}

function readAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
    throw new Error("The address must begin with http:// or https:// and hold no password.");
  return url;
}

async function resolved(hostname: string, allowPrivate: boolean): Promise<{ address: string; family: number }> {
  const literal = hostname.replace(/^\[|\]$/g, "");
  const found = isIP(literal)
    ? [{ address: literal, family: isIP(literal) }]
    : await dns.lookup(hostname, { all: true, verbatim: true });
  const [first] = found;
  if (!first) throw new Refusal("The name of the address is not known.");
  if (!allowPrivate && found.some(({ address }) => isPrivate(address)))
    throw new Refusal("The address leads into a private network. Only public addresses are called.");
  return first;
}

/** Looking up a name has no limit of its own. */
const ended = (limit: AbortSignal): Promise<never> =>
  new Promise((_, reject) => limit.addEventListener("abort", () => reject(limit.reason), { once: true }));

function post(url: URL, to: { address: string; family: number }, call: Call, signal: AbortSignal): Promise<number> {
  const { request } = url.protocol === "https:" ? https : http;
  const body = Buffer.from(call.body);
  const signature = call.secret && createHmac("sha256", call.secret).update(body).digest("hex");
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: "POST",
        agent: false,
        signal,
        lookup: (_name, options, done) => (options.all ? done(null, [to]) : done(null, to.address, to.family)),
        headers: {
          "Content-Type": "application/json",
          "Content-Length": body.length,
          "User-Agent": "BackupChecks",
          "X-BackupChecks-Delivery": call.deliveryId,
          ...(signature && { "X-BackupChecks-Signature": `sha256=${signature}` }),
        },
      },
      (answer) => {
        resolve(answer.statusCode ?? 0);
        // Nobody reads what it says, however long.
        answer.destroy();
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}
