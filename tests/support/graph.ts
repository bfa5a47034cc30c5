import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

type Message = { id: string; subject: string; raw: Buffer; folder: string; isRead: boolean; order: number };
type Answer = { status: number; headers?: Record<string, string>; body?: unknown };

export type FakeGraph = Awaited<ReturnType<typeof startGraph>>;

/**
 * A small part of Microsoft 365 on 127.0.0.1, answering as its documentation says: tokens by client credentials, folders,
 * delta queries in pages of two with state in their links, MIME contents, moving and marking.
 */
export async function startGraph(port = 0) {
  const state = {
    secret: "the-secret",
    /** Delta links older than this are answered with 410. */
    validFrom: 0,
    tokens: new Set<string>(),
    tokensGiven: 0,
    messages: [] as Message[],
    folders: [{ id: "f-inbox", name: "Inbox" }] as { id: string; name: string }[],
    /** The next answers to whatever is asked of the API, before anything else. */
    next: [] as Answer[],
    /** Answers to addresses that hold the text. */
    always: new Map<string, Answer>(),
    /** Methods that are answered with 403. */
    refuses: new Set<string>(),
    asked: [] as string[],
  };
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const answer = answerTo(state, request, body);
      response.writeHead(answer.status, { "content-type": "application/json", connection: "close", ...answer.headers });
      response.end(answer.body instanceof Buffer ? answer.body : JSON.stringify(answer.body ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let count = 0;
  return Object.assign(state, {
    url,
    add: (subject: string, raw: Buffer, folder = "f-inbox") => {
      count++;
      state.messages.push({ id: `AAMk${count}=`, subject, raw, folder, isRead: false, order: count });
    },
    inFolder: (name: string) => {
      const id = state.folders.find((folder) => folder.name === name)?.id;
      return state.messages.filter(({ folder }) => folder === id).map(({ subject }) => subject);
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  });
}

type State = Parameters<typeof answerTo>[0];

function answerTo(
  state: Pick<
    FakeGraph,
    "secret" | "validFrom" | "tokens" | "messages" | "folders" | "next" | "always" | "refuses" | "asked"
  > & { tokensGiven: number },
  request: IncomingMessage,
  body: string,
): Answer {
  const url = new URL(request.url ?? "", "http://graph");
  if (url.pathname.endsWith("/oauth2/v2.0/token")) return token(state, body);
  state.asked.push(`${request.method} ${decodeURIComponent(url.pathname)}`);
  const planned = state.next.shift() ?? [...state.always].find(([text]) => request.url?.includes(text))?.[1];
  if (planned) return planned;
  if (state.refuses.has(request.method ?? "")) return { status: 403, body: { error: { code: "ErrorAccessDenied" } } };
  const given = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  if (!state.tokens.has(given)) return { status: 401, body: { error: { code: "InvalidAuthenticationToken" } } };
  const base = "/v1.0/users/desk@acme.example";
  const path = decodeURIComponent(url.pathname);
  if (!path.startsWith(base)) return { status: 404, body: { error: { code: "ErrorInvalidUser" } } };
  return mailbox(state, request, path.slice(base.length), url, body);
}

function token(state: State, body: string): Answer {
  const form = new URLSearchParams(body);
  const isRight = form.get("client_secret") === state.secret && form.get("grant_type") === "client_credentials";
  if (!isRight)
    return { status: 401, body: { error: "invalid_client", error_description: "AADSTS7000215 the-wrong-one" } };
  state.tokensGiven++;
  const access_token = `token-${state.tokensGiven}`;
  state.tokens.add(access_token);
  return { status: 200, body: { access_token, token_type: "Bearer", expires_in: 3599 } };
}

function mailbox(state: State, request: IncomingMessage, path: string, url: URL, body: string): Answer {
  const [, first, id = "", rest] = /^\/(\w+)(?:\/([^/]+))?(?:\/(.+))?$/.exec(path) ?? [];
  const origin = `http://${request.headers.host}`;
  if (first === "mailFolders" && rest === "messages/delta") return delta(state, folderOf(state, id), url, origin);
  if (first === "mailFolders" && request.method === "POST") {
    const { displayName: name } = JSON.parse(body) as { displayName: string };
    state.folders.push({ id: `f-${name}`, name });
    return { status: 201, body: { id: `f-${name}` } };
  }
  if (first === "mailFolders" && !id) {
    const name = /displayName eq '(.*)'$/.exec(url.searchParams.get("$filter") ?? "")?.[1]?.replaceAll("''", "'");
    return { status: 200, body: { value: state.folders.filter((folder) => folder.name === name) } };
  }
  const message = state.messages.find((one) => one.id === id);
  if (first !== "messages" || !message) return { status: 404, body: { error: { code: "ErrorItemNotFound" } } };
  if (rest === "$value") return { status: 200, headers: { "content-type": "text/plain" }, body: message.raw };
  if (rest === "move") message.folder = (JSON.parse(body) as { destinationId: string }).destinationId;
  if (request.method === "PATCH") message.isRead = (JSON.parse(body) as { isRead: boolean }).isRead;
  return { status: rest === "move" ? 201 : 200, body: { id: message.id } };
}

const folderOf = (state: State, id: string): string | undefined =>
  state.folders.find((folder) => folder.id === id || folder.name.toLowerCase() === id.toLowerCase())?.id;

/** Messages that came behind the one that the link names; links of nobody else count. */
function delta(state: State, folder: string | undefined, url: URL, origin: string): Answer {
  if (!folder) return { status: 404, body: { error: { code: "ErrorItemNotFound" } } };
  const known = url.searchParams.get("$skiptoken") ?? url.searchParams.get("$deltatoken");
  if (url.searchParams.has("$deltatoken") && Number(known) < state.validFrom)
    return { status: 410, body: { error: { code: "SyncStateNotFound" } } };
  if (known === null && url.searchParams.get("changeType") !== "created") return { status: 400 };
  const after = Number(known ?? 0);
  const found = state.messages.filter((one) => one.folder === folder && one.order > after).slice(0, 3);
  const page = found.slice(0, 2);
  const last = page.at(-1)?.order ?? after;
  const removed = page.length > 0 ? [{ id: "gone", "@removed": { reason: "deleted" } }] : [];
  const link = (name: string) => `${origin}${url.pathname}?${name}=${last}`;
  const next =
    found.length > 2 ? { "@odata.nextLink": link("$skiptoken") } : { "@odata.deltaLink": link("$deltatoken") };
  return { status: 200, body: { value: [...page.map(({ id, subject }) => ({ id, subject })), ...removed], ...next } };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
}
