import "server-only";
import type { GraphSource, Outcome } from "./types";
export async function readGraph(_source: GraphSource, _signal: AbortSignal, _until: number): Promise<Outcome> {
  throw new Error("later");
}
