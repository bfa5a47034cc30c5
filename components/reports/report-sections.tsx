import { Card } from "@/components/ui/card";
import { StackedBars } from "@/components/ui/charts";
import { Stat } from "@/components/ui/stat";
import type { Access } from "@/lib/access/can";
import type { ReportDocument, Section } from "@/lib/reports/types";
import { ReportCalendar } from "./report-calendar";
import { ReportLine } from "./report-line";
import { ReportTable } from "./report-table";

/** A report on the screen and on paper: its figures, charts and tables, one below the other. */
export function ReportSections({ access, document }: { access: Access; document: ReportDocument }) {
  return document.sections.map((section, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the sections of a kind never change places
    <ReportSection key={index} access={access} section={section} />
  ));
}

function ReportSection({ access, section }: { access: Access; section: Section }) {
  switch (section.kind) {
    case "heading":
      return <h2 className="mt-4 border-line border-b pb-1 text-xl">{section.title}</h2>;
    case "figures":
      return (
        <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-7">
          {section.figures.map((figure) => (
            <Stat key={figure.label} {...figure} />
          ))}
        </div>
      );
    case "days":
      return (
        <Card title={section.title}>
          <StackedBars
            label={section.title}
            data={section.days.map(({ day, ...values }) => ({ label: day, values }))}
          />
        </Card>
      );
    case "line":
      return <ReportLine section={section} />;
    case "calendar":
      return <ReportCalendar access={access} section={section} />;
    case "table":
      return <ReportTable access={access} section={section} />;
  }
}
