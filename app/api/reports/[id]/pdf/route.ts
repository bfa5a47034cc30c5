import { download, personDoor, problem } from "@/lib/door";
import { reportPdf } from "@/lib/reports/pdf";
import { findReport } from "@/lib/reports/queries";
import { subjectOf } from "@/lib/reports/rules";

export const GET = personDoor<{ id: string }>("reports.view", "report.export", async (access, _request, { id }) => {
  const found = await findReport(id);
  if (!found) return problem(404, "This report does not exist.");
  const { report, document } = found;
  const pdf = await reportPdf(access, { title: report.name, subject: subjectOf(report) }, document);
  return download(pdf, `${report.name}-${document.period.to}.pdf`, "application/pdf");
});
