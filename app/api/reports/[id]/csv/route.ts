import { download, personDoor, problem } from "@/lib/door";
import { reportCsv } from "@/lib/reports/csv";
import { findReport } from "@/lib/reports/queries";

export const GET = personDoor<{ id: string }>("reports.view", "report.export", async (_access, _request, { id }) => {
  const found = await findReport(id);
  if (!found) return problem(404, "This report does not exist.");
  const name = `${found.report.name}-${found.document.period.to}.csv`;
  return download(reportCsv(found.document), name, "text/csv; charset=utf-8");
});
