import { Card } from "@/components/ui/card";
import { compareRoles } from "@/lib/insight/queries";
import { CompareSelect } from "./compare-select";
import { Differences } from "./differences";

type Props = { roleId: string; roles: { id: string; name: string }[]; withId: string };

/** The selected role beside another one, as both are stored: what differs comes first. */
export async function CompareRoles({ roleId, roles, withId }: Props) {
  const others = roles.filter(({ id }) => id !== roleId);
  if (others.length === 0) return null;
  const isChosen = others.some(({ id }) => id === withId);
  const comparison = isChosen ? await compareRoles(roleId, withId) : null;
  return (
    <Card title="Compare">
      <div className="grid gap-4">
        <CompareSelect roleId={roleId} others={others} chosen={isChosen ? withId : ""} />
        {withId && !comparison && <p role="alert">The other role does not exist any more.</p>}
        {comparison && <Differences of={comparison} />}
      </div>
    </Card>
  );
}
