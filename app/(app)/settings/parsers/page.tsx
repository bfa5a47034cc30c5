import { ParserTable } from "@/components/mail-rules/parser-table";
import { RuleTable } from "@/components/mail-rules/rule-table";
import { Announce } from "@/components/mails/announce";
import { Page } from "@/components/page";
import { StartReparse } from "@/components/reparses/start-reparse";
import { ButtonLink } from "@/components/ui/button";
import { requirePage } from "@/lib/access/guard";
import { coversEveryJob } from "@/lib/access/scope";
import type { SearchParams } from "@/lib/list";
import { listParsers, listRules } from "@/lib/mail-rules/queries";
import { listReparses } from "@/lib/reparses/queries";

export default async function ParsersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const access = await requirePage("/settings/parsers");
  const [parsers, rules, reparses, { stored }] = await Promise.all([
    listParsers(),
    listRules(),
    listReparses(),
    searchParams,
  ]);
  return (
    <Page
      access={access}
      title="Parsers"
      description="How mails are read. The first that knows a mail reads it."
      actions={<ButtonLink href="/settings/parsers/new">Add rule</ButtonLink>}
    >
      {stored && <Announce sentence="The rule was stored. New mails are read by it from now on." />}
      <h2 className="text-lg">Own rules</h2>
      <RuleTable rules={rules} />
      {coversEveryJob(access) && <StartReparse latest={reparses} timeZone={access.account.timeZone} />}
      <h2 className="text-lg">Built-in parsers</h2>
      <ParserTable parsers={parsers} />
    </Page>
  );
}
