import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Badge } from "@/components/ui/status";
import { formatCount, formatMoment } from "@/lib/format";
import type { Insight } from "@/lib/insight/queries";

type Props = { user: Insight; timeZone: string };

/** Whether they can sign in at all, and the roles they have or had. */
export function UserState({ user, timeZone }: Props) {
  return (
    <Card title={`What may ${user.username} do?`}>
      <DescriptionList
        items={[
          { term: "State", value: <State user={user} /> },
          { term: "Last sign-in", value: user.lastSignInAt ? formatMoment(user.lastSignInAt, timeZone) : "Never" },
          { term: "Signed in now", value: user.sessions === 0 ? "Nowhere" : formatCount(user.sessions, "session") },
          { term: "Roles", value: <Roles user={user} timeZone={timeZone} /> },
        ]}
      />
    </Card>
  );
}

function State({ user }: { user: Insight }) {
  if (user.disabledAt) return <Badge tone="danger">Disabled</Badge>;
  return (
    <>
      <Badge tone="success">Enabled</Badge>{" "}
      {user.mustChangePassword && (
        <>
          <Badge tone="warning">New password due</Badge>
          <span className="block text-muted text-sm">Nothing but the own account opens until it is changed.</span>
        </>
      )}
    </>
  );
}

function Roles({ user, timeZone }: Props) {
  if (user.roles.length === 0) return "None: nothing opens.";
  return (
    <ul className="grid gap-1">
      {user.roles.map((role) => (
        <li key={role.id}>
          {role.name} {!role.isHeld && <Badge>Expired</Badge>}
          {role.until && (
            <span className="text-muted">
              {" "}
              {role.isHeld ? "until" : "on"} {formatMoment(role.until, timeZone)}
            </span>
          )}
          {role.reason && <span className="block text-muted text-sm">{role.reason}</span>}
        </li>
      ))}
    </ul>
  );
}
