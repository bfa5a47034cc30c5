import { ActionButton } from "@/components/form/action-button";
import { Card } from "@/components/ui/card";
import type { Access } from "@/lib/access/can";
import { removeScope } from "@/lib/tickets/actions";
import { kindWords } from "@/lib/tickets/rules";
import type { TicketScope } from "@/lib/tickets/types";
import { AddScopes } from "./add-scopes";
import { TargetLink } from "./target-link";

type Props = { access: Access; id: string; scopes: TicketScope[]; manages: boolean };

/** What a ticket is about, and for who manages tickets: adding and removing. */
export function AboutCard({ access, id, scopes, manages }: Props) {
  return (
    <Card title="About">
      {scopes.length === 0 && <p>The whole account</p>}
      <ul className="grid gap-1">
        {scopes.map((scope) => (
          <li key={scope.scopeId} className="flex items-center justify-between gap-2">
            <span className="min-w-0 break-words">
              <span className="text-muted">{kindWords[scope.kind]} </span>
              <TargetLink access={access} target={scope} />
            </span>
            {manages && (
              <ActionButton
                action={removeScope}
                hidden={{ id, scope: scope.scopeId }}
                variant="ghost"
                size="sm"
                aria-label={`Remove ${scope.label}`}
              >
                Remove
              </ActionButton>
            )}
          </li>
        ))}
      </ul>
      {manages && <AddScopes id={id} />}
    </Card>
  );
}
