import "server-only";
import type { Access } from "../../access/can";
import { readBody } from "../../body";
import { transaction } from "../../db";
import { problem } from "../../door";
import { UserError } from "../../errors";
import { prepareImport } from "./prepare";

/** @returns what the CSV in the body would do, as JSON of `Preview`; 422 with a sentence when it is no list of users. */
export async function previewImport(access: Access, request: Request): Promise<Response> {
  try {
    const csv = (await readBody(request, 1024 * 1024)).toString("utf8");
    const { lines, fingerprint } = await transaction((tx) => prepareImport(tx, access, csv));
    return Response.json({ lines, fingerprint });
  } catch (error) {
    if (error instanceof UserError) return problem(422, error.message);
    throw error;
  }
}
