import { ActionButton } from "@/components/form/action-button";
import { Badge } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { OwnSession } from "@/lib/account/queries";
import { formatMoment } from "@/lib/format";
import { endOtherSessions, endSession } from "@/lib/sessions/actions";

type Props = { sessions: OwnSession[]; timeZone: string };

export function SessionList({ sessions, timeZone }: Props) {
  return (
    <div className="grid gap-3">
      <Table caption="Open sessions" cards>
        <thead>
          <tr>
            <Th>Device</Th>
            <Th>Address</Th>
            <Th>Started</Th>
            <Th>Last seen</Th>
            <Th>
              <span className="sr-only">End</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <Tr key={session.id}>
              <Td header>{session.device}</Td>
              <Td label="Address">{session.address}</Td>
              <Td label="Started">{formatMoment(session.createdAt, timeZone)}</Td>
              <Td label="Last seen">{formatMoment(session.seenAt, timeZone)}</Td>
              <Td align="right">
                {session.isThis ? (
                  <Badge tone="info">This session</Badge>
                ) : (
                  <ActionButton action={endSession} hidden={{ id: session.id }} size="sm">
                    End
                  </ActionButton>
                )}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {sessions.length > 1 && <ActionButton action={endOtherSessions}>End all other sessions</ActionButton>}
    </div>
  );
}
