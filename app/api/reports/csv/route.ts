import { download, personDoor, problem } from "@/lib/door";
import { readAsked } from "@/lib/reports/asked";
import { reportCsv } from "@/lib/reports/csv";
import { generateReport } from "@/lib/reports/queries";

export const GET = personDoor("reports.generate", "report.export", async (_access, request) => {
  const asked = readAsked(Object.fromEntries(new URL(request.url).searchParams));
  if (typeof asked === "string") return problem(400, asked);
  const { from, to } = asked.period;
  return download(
    reportCsv(await generateReport(asked)),
    `${asked.kind}-${from}-to-${to}.csv`,
    "text/csv; charset=utf-8",
  );
});
