import "server-only";
import type { Access } from "../access/can";
import { coversEverything } from "../access/scope";
import { actorOf, auditDone, auditRefused } from "../audit";
import { transaction } from "../db";
import { download, problem } from "../door";
import { accident } from "../log";
import { clientAddress } from "../request";
import { spooled } from "./spool";
import { newArchive, writeExport } from "./write";

/**
 * Hands out everything in one file. Only to who covers everything: the file knows no scope.
 * @returns the archive (.tar.gz); 403 for a role that leaves something out.
 */
export async function exportEverything(access: Access, request: Request): Promise<Response> {
  const actor = actorOf(access, await clientAddress());
  const record = { action: "data.export", target: "Everything" };
  if (!coversEverything(access)) {
    const reason = "An export holds everything: your role must cover all customers, resources and reports.";
    await auditRefused(actor, record, reason);
    return problem(403, reason);
  }
  const name = `backupchecks-${new Date().toISOString().slice(0, 10)}.tar.gz`;
  if (request.method === "HEAD") return download("", name, "application/gzip");
  await transaction((tx) => auditDone(tx, actor, [record]));
  const archive = newArchive();
  const body = await spooled(archive, (signal) =>
    writeExport(archive, signal).catch((error: unknown) => {
      throw signal.aborted ? error : accident(error instanceof Error ? error : new Error(String(error)), "data.export");
    }),
  );
  return download(body, name, "application/gzip");
}
