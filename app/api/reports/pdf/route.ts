import { download, personDoor, problem } from "@/lib/door";
import { readAsked } from "@/lib/reports/asked";
import { reportPdf } from "@/lib/reports/pdf";
import { generateReport, listReportChoices } from "@/lib/reports/queries";
import { aboutInWords, kindLabels } from "@/lib/reports/rules";

export const GET = personDoor("reports.generate", "report.export", async (access, request) => {
  const asked = readAsked(Object.fromEntries(new URL(request.url).searchParams));
  if (typeof asked === "string") return problem(400, asked);
  const { from, to } = asked.period;
  const [document, choices] = await Promise.all([generateReport(asked), listReportChoices()]);
  const about = { title: kindLabels[asked.kind], subject: aboutInWords(asked, choices) };
  return download(await reportPdf(access, about, document), `${asked.kind}-${from}-to-${to}.pdf`, "application/pdf");
});
