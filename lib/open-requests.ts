import type http from "node:http";
import type { Socket } from "node:net";

/** Which requests are being answered, by which servers: a process that stops must know. */

type State = {
  servers: Set<http.Server>;
  answers: Set<http.ServerResponse>;
  isStopping: boolean;
  whenIdle: (() => void) | null;
};

// One per process, also across hot reloads.
const kept = globalThis as typeof globalThis & { backupchecksRequests?: State };

/** Called for every connection; once the process stops there are no new ones. */
export function noteConnection(server: http.Server, socket: Socket): void {
  state().servers.add(server);
  if (state().isStopping) socket.destroy();
}

/** Called for every request. */
export function noteRequest(answer: http.ServerResponse): void {
  const { answers } = state();
  answers.add(answer);
  answer.once("close", () => {
    answers.delete(answer);
    if (answers.size === 0) state().whenIdle?.();
  });
}

/** Lets nobody in any more; who is being answered learns that the connection ends with it. */
export function refuseConnections(): void {
  state().isStopping = true;
  for (const server of state().servers) server.close();
}

/** @returns whether the connection of an answer must not be used again. */
export const isRefusing = (): boolean => state().isStopping;

/** Resolves when no request is being answered. */
export function requestsEnd(): Promise<void> {
  const now = state();
  if (now.answers.size === 0) return Promise.resolve();
  return new Promise((resolve) => {
    now.whenIdle = resolve;
  });
}

/** Ends every connection. @returns how many requests were still being answered. */
export function cutRequests(): number {
  const { answers, servers } = state();
  const cut = answers.size;
  for (const server of servers) server.closeAllConnections();
  return cut;
}

function state(): State {
  kept.backupchecksRequests ??= { servers: new Set(), answers: new Set(), isStopping: false, whenIdle: null };
  return kept.backupchecksRequests;
}
