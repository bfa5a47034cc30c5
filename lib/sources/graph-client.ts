import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { env } from "../env";
import { UserError } from "../errors";
import { forgetToken, retryAfter, tokenFor } from "./tokens";
import type { GraphSource } from "./types";
import { Refused, Throttled } from "./words";

const WHO = "Microsoft 365";
const ANSWER_MS = 60_000;
/** Longer waits are left to the next round. */
const PATIENCE_SECONDS = 10;
const TRIES = 4;

/** The state that delta links name is gone: everything is to be asked for anew (documented as 410). */
export class ResyncNeeded extends UserError {}
/** There is no such mailbox, folder or message. */
export class NotThere extends UserError {}

/** The other side failed, perhaps over one message. */
export class ServerError extends UserError {}

export type GraphClient = ReturnType<typeof graphClient>;

/**
 * Asks Microsoft Graph as the app of a source, by its own credentials. Waits where it is told to for a moment.
 * Calls throw Refused, Throttled, NotThere, ResyncNeeded, or what the network throws.
 */
export function graphClient(source: GraphSource, signal: AbortSignal) {
  const base = `${env().GRAPH_URL}/v1.0/users/${encodeURIComponent(source.options.mailbox)}`;
  const call = async (address: string, init: RequestInit = {}): Promise<Response> => {
    // The token is for Microsoft alone, whatever address an answer names.
    if (new URL(address).origin !== new URL(env().GRAPH_URL).origin)
      throw new UserError(`${WHO} named a foreign address.`);
    for (let tries = 1; ; tries++) {
      const answer = await once(source, address, init, signal);
      if (answer.ok) return answer;
      await answer.body?.cancel();
      if (answer.status === 401 && tries === 1) forgetToken(keyOf(source));
      else if (![429, 503, 504].includes(answer.status)) throw failure(answer.status);
      else await hold(retryAfter(answer) ?? 2 ** tries, tries, signal);
    }
  };
  return {
    base,
    /** @returns the JSON of an answer. */
    get: async (address: string): Promise<unknown> => (await call(address)).json(),
    send: async (method: "POST" | "PATCH", address: string, body: object): Promise<unknown> => {
      const headers = { "content-type": "application/json" };
      return (await call(address, { method, body: JSON.stringify(body), headers })).json();
    },
    open: (address: string): Promise<Response> => call(address),
  };
}

async function once(source: GraphSource, address: string, init: RequestInit, signal: AbortSignal): Promise<Response> {
  const headers = {
    authorization: `Bearer ${await tokenOf(source, signal)}`,
    prefer: 'odata.maxpagesize=20, IdType="ImmutableId"',
    ...init.headers,
  };
  const limited = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
  return fetch(address, { ...init, headers, redirect: "error", signal: limited });
}

/** RFC 6749, section 4.4, as Microsoft's identity platform documents it. */
async function tokenOf(source: GraphSource, signal: AbortSignal): Promise<string> {
  const { tenant, clientId } = source.options;
  const form = {
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: source.secrets.clientSecret ?? "",
    scope: `${env().GRAPH_URL}/.default`,
  };
  const url = `${env().GRAPH_LOGIN_URL}/${encodeURIComponent(tenant)}/oauth2/v2.0/token`;
  return (await tokenFor(keyOf(source), { url, who: WHO, form, signal })).value;
}

async function hold(seconds: number, tries: number, signal: AbortSignal): Promise<void> {
  if (seconds > PATIENCE_SECONDS || tries >= TRIES) throw new Throttled(WHO, seconds);
  await sleep(seconds * 1000, undefined, { signal });
}

function failure(status: number): Error {
  if (status === 401) return new Refused(`${WHO} does not accept the access token. Is the client secret still good?`);
  if (status === 403)
    return new Refused(`${WHO} does not let the app do this. It needs Mail.Read, and Mail.ReadWrite to move or mark.`);
  if (status === 404) return new NotThere(`${WHO} has no such mailbox or folder.`);
  if (status === 410) return new ResyncNeeded(`${WHO} asks to begin anew again and again.`);
  const words = `${WHO} answers with an error (${status}).`;
  return status >= 500 ? new ServerError(words) : new UserError(words);
}

const keyOf = ({ id, version }: GraphSource): string => `${id} ${version}`;
