import { download, personDoor, problem } from "@/lib/door";
import { resultsCsv } from "@/lib/reports/csv";
import { generateReport } from "@/lib/reports/queries";
import { readPeriod } from "@/lib/reports/rules";

export const GET = personDoor("reports.generate", "report.export", async (_access, request) => {
  const params = new URL(request.url).searchParams;
  const period = readPeriod(params.get("from") ?? "", params.get("to") ?? "");
  if (typeof period === "string") return problem(400, period);
  const results = await generateReport(period, params.get("customer") ?? "");
  return download(resultsCsv(results), `results-${period.from}-to-${period.to}.csv`, "text/csv; charset=utf-8");
});
