import { RuleForm } from "@/components/mail-rules/rule-form";
import { Page } from "@/components/page";
import { can } from "@/lib/access/can";
import { requirePage } from "@/lib/access/guard";
import type { SearchParams } from "@/lib/list";
import { emptyRule } from "@/lib/mail/rules/types";
import { getRule } from "@/lib/mail-rules/queries";
import { ruleFor } from "@/lib/mail-rules/rule-for";
import { getInboxMail } from "@/lib/mails/queries";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export default async function RulePage({ params, searchParams }: Props) {
  const access = await requirePage("/settings/parsers/[id]");
  const [{ id }, { mail }] = await Promise.all([params, searchParams]);
  const stored = id === "new" ? null : await getRule(id);
  const model = typeof mail === "string" && can(access, "inbox.view") ? await getInboxMail(mail) : null;
  return (
    <Page
      access={access}
      title={stored ? stored.name : "New rule"}
      description="A rule says which mails it is for, and what their words mean."
    >
      <RuleForm
        stored={stored && { id: stored.id, version: stored.version, name: stored.name }}
        rule={stored?.rule ?? (model ? ruleFor(model) : emptyRule)}
        mail={model?.id ?? null}
      />
    </Page>
  );
}
