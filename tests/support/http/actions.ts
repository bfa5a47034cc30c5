import { readdirSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { Gate } from "@/lib/access/registry";
import { type ActionState, idle, ROLE_FIELD } from "@/lib/form";
import type { Person } from "./people";
import { visit } from "./visit";

export type Endpoint = { id: string; name: string; file: string; gate: Gate | undefined; page: string };

type Manifest = {
  node: Record<string, { filename: string; exportedName: string; workers: Record<string, unknown> }>;
  edge: Record<string, unknown>;
};

/** @returns every action that the build answers to, with the gate of the function behind it and a page that carries it. */
export async function endpoints(): Promise<Endpoint[]> {
  const { node, edge } = JSON.parse(readFileSync(".next/server/server-reference-manifest.json", "utf8")) as Manifest;
  if (Object.keys(edge).length > 0) throw new Error("There are actions on the edge runtime, which no test looks at.");
  return Promise.all(
    Object.entries(node).map(async ([id, { filename, exportedName, workers }]) => {
      const gate = (await gates(filename))[exportedName];
      const page = Object.keys(workers)[0]?.replace(/^app(\/\(\w+\))?|\/page$/g, "") ?? "";
      return { id, name: exportedName, file: filename, gate, page };
    }),
  );
}

/** @returns the gate of each exported function of a file; undefined for one that was not made by action(...). */
async function gates(file: string): Promise<Record<string, Gate | undefined>> {
  const module = (await import(pathToFileURL(file).href)) as Record<string, { gate?: Gate }>;
  return Object.fromEntries(Object.entries(module).map(([name, made]) => [name, made.gate]));
}

/** @returns every exported function of lib/<noun>/actions.ts: "lib/jobs/actions.ts editJob". */
export async function writtenActions(): Promise<string[]> {
  const files = readdirSync("lib", { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith("/actions.ts"),
  );
  const names = await Promise.all(
    files.map(async (file) => Object.keys(await gates(`lib/${file}`)).map((name) => `lib/${file} ${name}`)),
  );
  return names.flat().sort();
}

export type Outcome = {
  status: number;
  /** What the action returned, or the status that it threw: the framework loses it when it forwards the request. */
  state: ActionState | null;
  refusedWith: number | null;
  headers: Record<string, string | string[] | undefined>;
};

type Try = {
  server: string;
  path: string;
  who: Person;
  fields?: Record<string, string>;
  headers?: Record<string, string>;
  from?: string;
};

/** @returns the id of the one action of this name. */
export async function idOf(name: string): Promise<string> {
  const found = (await endpoints()).find((endpoint) => endpoint.name === name);
  if (!found) throw new Error(`The build has no action ${name}.`);
  return found.id;
}

/** What tells browsers where to go, and which cookie they get. */
export const setCookies = ({ headers }: Pick<Outcome, "headers">): string[] => [headers["set-cookie"] ?? []].flat();

const BOUNDARY = "----form-of-the-tests";

/** Sends a form to an action as the framework's client does. @param fields without the role field: that of their active role is added. */
export async function sendAction(
  id: string,
  { server, path, who, fields = {}, headers = {}, from }: Try,
): Promise<Outcome> {
  const form = { [ROLE_FIELD]: who.actingKey, ...fields };
  const sent = {
    "content-type": `multipart/form-data; boundary=${BOUNDARY}`,
    "next-action": id,
    accept: "text/x-component",
    origin: server,
    "sec-fetch-site": "same-origin",
    ...headers,
  };
  const kept = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== ""));
  const answer = await visit(server, path, who, { method: "POST", body: encoded(form), headers: kept, from });
  const state = /^1:(\{.*\})$/m.exec(answer.body)?.[1];
  const thrown = /NEXT_HTTP_ERROR_FALLBACK;(\d+)/.exec(answer.body)?.[1];
  return {
    status: answer.status,
    state: state ? (JSON.parse(state) as ActionState) : null,
    refusedWith: answer.status >= 400 ? answer.status : thrown ? Number(thrown) : null,
    headers: answer.headers,
  };
}

/** @returns the body of `[state, FormData]` in the encoding of React's `encodeReply`. */
export function encoded(form: Record<string, string>): string {
  const parts = [
    ...Object.entries(form).map(([name, value]) => [`_1_${name}`, value]),
    ["0", JSON.stringify([idle, "$K1"])],
  ];
  return `${parts.map(([name, value]) => part(name ?? "", value ?? "")).join("")}--${BOUNDARY}--\r\n`;
}

const part = (name: string, value: string): string =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
