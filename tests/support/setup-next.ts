import { beforeEach, vi } from "vitest";
import { request } from "./acting";

/** What the framework offers to actions and queries, played by a plain object: see tests/support/acting.ts. */
vi.mock("next/headers", () => ({
  headers: async () => request.headers,
  cookies: async () => ({
    get: (name: string) => (request.cookies.has(name) ? { name, value: request.cookies.get(name) } : undefined),
    getAll: () => [...request.cookies].map(([name, value]) => ({ name, value })),
    set: (name: string, value: string) => request.cookies.set(name, value),
    delete: (name: string) => request.cookies.delete(name),
  }),
}));
vi.mock("next/cache", () => ({ refresh: () => {}, revalidatePath: () => {} }));
vi.mock("next/server", () => ({ after: (work: () => unknown) => void Promise.resolve(work()).catch(() => {}) }));
vi.mock("next/navigation", async () => {
  const { Interrupt } = await import("./acting");
  const interrupt = (kind: "forbidden" | "unauthorized" | "not-found") => () => {
    throw new Interrupt(kind);
  };
  return {
    forbidden: interrupt("forbidden"),
    unauthorized: interrupt("unauthorized"),
    notFound: interrupt("not-found"),
    redirect: (address: string) => {
      throw new Interrupt("redirect", address);
    },
  };
});

beforeEach(() => request.reset());
