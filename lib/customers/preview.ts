import "server-only";
import type { Access } from "../access/can";
import { readBody } from "../body";
import { db } from "../db";
import { problem } from "../door";
import { UserError } from "../errors";
import { planOf } from "./import";
import type { PlannedLine } from "./rules";
import { IMPORT_BYTES } from "./schema";

export type ImportPreview = { lines: PlannedLine[]; mark: string };

/** Answers a file of customers with what importing it would do; changes nothing. */
export async function previewImport(access: Access, request: Request): Promise<Response> {
  try {
    const csv = new TextDecoder().decode(await readBody(request, IMPORT_BYTES));
    const { lines, mark } = await planOf(db(), access, csv);
    return Response.json({ lines, mark } satisfies ImportPreview);
  } catch (error) {
    if (error instanceof UserError) return problem(422, error.message);
    throw error;
  }
}
