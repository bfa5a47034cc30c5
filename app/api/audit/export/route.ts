import { auditCsv } from "@/lib/audit/csv";
import { type AuditSort, auditFilters, exportAudit } from "@/lib/audit/queries";
import { download, personDoor } from "@/lib/door";
import { readListQuery } from "@/lib/list";

export const GET = personDoor("audit.view", "audit.export", async (_access, request) => {
  const params = Object.fromEntries(new URL(request.url).searchParams);
  return download(
    auditCsv(exportAudit(readListQuery<AuditSort>(params, ["-at", "at"], auditFilters))),
    "audit-log.csv",
    "text/csv; charset=utf-8",
  );
});
