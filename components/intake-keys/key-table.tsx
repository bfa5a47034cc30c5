import { ConfirmButton } from "@/components/form/confirm-button";
import { EmptyState } from "@/components/ui/empty-state";
import { Badge } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { formatDay, formatMoment } from "@/lib/format";
import { endIntakeKey } from "@/lib/intake-keys/actions";
import type { IntakeKeyRow } from "@/lib/intake-keys/queries";

type Props = { keys: IntakeKeyRow[]; timeZone: string; mayManage: boolean };

export function KeyTable({ keys, timeZone, mayManage }: Props) {
  if (keys.length === 0) {
    return (
      <EmptyState title="There is no key yet.">
        {mayManage
          ? "Create one for each machine or mail server that delivers."
          : "Somebody with the right to manage keys can create one."}
      </EmptyState>
    );
  }
  return (
    <Table caption="Intake keys" cards>
      <thead>
        <tr>
          <Th>Name</Th>
          <Th>State</Th>
          <Th>Created</Th>
          <Th>Last used</Th>
          <Th align="right">Mails</Th>
          {mayManage && (
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          )}
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <Tr key={key.id}>
            <Td label="Name" header className="break-words text-left">
              {key.name}
            </Td>
            <Td label="State">
              <KeyState state={key} timeZone={timeZone} />
            </Td>
            <Td label="Created">
              {formatDay(key.createdAt, timeZone)} by {key.createdBy}
            </Td>
            <Td label="Last used">{key.lastUsedAt ? formatMoment(key.lastUsedAt, timeZone) : "Never"}</Td>
            <Td label="Mails" align="right">
              {key.mailCount.toLocaleString("en")}
            </Td>
            {mayManage && (
              <Td label="Actions" align="right">
                {!key.endedAt && <EndKey id={key.id} name={key.name} />}
              </Td>
            )}
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function KeyState({ state, timeZone }: { state: IntakeKeyRow; timeZone: string }) {
  if (state.endedAt) return <Badge>Ended {formatDay(state.endedAt, timeZone)}</Badge>;
  return state.silentSince ? <Badge tone="warning">Silent</Badge> : <Badge tone="success">Active</Badge>;
}

function EndKey({ id, name }: { id: string; name: string }) {
  return (
    <ConfirmButton
      action={endIntakeKey}
      hidden={{ id }}
      label="End key"
      aria-label={`End key ${name}`}
      size="sm"
      question={`End the key ${name}?`}
      confirmLabel="End key"
    >
      Machines that use it can deliver nothing from this moment on. Mails that came are kept. A key cannot be brought
      back; create a new one instead.
    </ConfirmButton>
  );
}
