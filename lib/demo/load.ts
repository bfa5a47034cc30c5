import "server-only";
import type { Tx } from "../db";

export async function loadSampleData(_tx: Tx, _options: { now: Date }): Promise<void> {}
