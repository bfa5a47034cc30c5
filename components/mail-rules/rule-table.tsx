import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { ActionButton } from "@/components/form/action-button";
import { ConfirmButton } from "@/components/form/confirm-button";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Badge } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { deleteRule, disableRule, enableRule, moveRule } from "@/lib/mail-rules/actions";
import type { ListedRule } from "@/lib/mail-rules/queries";
import { conditionsInWords } from "@/lib/mail-rules/words";

/** The account's own rules in the order they are asked. */
export function RuleTable({ rules }: { rules: ListedRule[] }) {
  if (rules.length === 0)
    return (
      <EmptyState
        title="There are no own rules."
        action={<ButtonLink href="/settings/parsers/new">Add rule</ButtonLink>}
      >
        Mails that no parser knows wait in the Inbox as unknown. A rule says how to read them.
      </EmptyState>
    );
  return (
    <Table caption="Own rules" cards>
      <thead>
        <tr>
          <Th>Rule</Th>
          <Th>Which mails</Th>
          <Th>Asked</Th>
          <Th align="right">Last 30 days</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {rules.map((rule, index) => (
          <Tr key={rule.id}>
            <Td label="Rule" header className="break-words text-left">
              <Link href={`/settings/parsers/${rule.id}`}>{rule.name}</Link>{" "}
              {rule.disabledAt && <Badge>Disabled</Badge>}
            </Td>
            <Td label="Which mails" className="max-w-md break-words">
              {conditionsInWords(rule.rule)}
            </Td>
            <Td label="Asked">{rule.rule.isFirst ? "Before the built-in ones" : "After the built-in ones"}</Td>
            <Td label="Last 30 days" align="right">
              {rule.mails.toLocaleString("en")}
            </Td>
            <Td label="Actions">
              <Buttons rule={rule} isFirst={index === 0} isLast={index === rules.length - 1} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function Buttons({
  rule: { id, name, disabledAt },
  isFirst,
  isLast,
}: {
  rule: ListedRule;
  isFirst: boolean;
  isLast: boolean;
}) {
  return (
    <span className="flex flex-wrap gap-1.5 sm:justify-end">
      {!isFirst && (
        <ActionButton
          action={moveRule}
          hidden={{ id, way: "up" }}
          size="sm"
          icon={<ArrowUp aria-hidden />}
          aria-label={`Up: ${name}`}
        >
          Up
        </ActionButton>
      )}
      {!isLast && (
        <ActionButton
          action={moveRule}
          hidden={{ id, way: "down" }}
          size="sm"
          icon={<ArrowDown aria-hidden />}
          aria-label={`Down: ${name}`}
        >
          Down
        </ActionButton>
      )}
      <ActionButton
        action={disabledAt ? enableRule : disableRule}
        hidden={{ id }}
        size="sm"
        aria-label={`${disabledAt ? "Enable" : "Disable"} ${name}`}
      >
        {disabledAt ? "Enable" : "Disable"}
      </ActionButton>
      <ConfirmButton
        action={deleteRule}
        hidden={{ id }}
        size="sm"
        label="Delete"
        aria-label={`Delete ${name}`}
        question={`Delete ${name}?`}
        confirmLabel="Delete"
      >
        <p>Its mails are read by the others from now on. What it read stays as it is.</p>
      </ConfirmButton>
    </span>
  );
}
