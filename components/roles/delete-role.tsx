"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { leaveTo } from "@/components/acting/leave";
import { ActionForm } from "@/components/form/action-form";
import { RefreshWhenRefused } from "@/components/form/refresh-when-refused";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { formatCount } from "@/lib/format";
import { deleteRole } from "@/lib/roles/actions";
import type { RoleView } from "@/lib/roles/queries";
import { useRoleDraft } from "./draft-context";

type Props = { role: Pick<RoleView, "id" | "draft" | "consequences"> };

/** Says who would lose what, then deletes the role. */
export function DeleteRole({ role: { id, draft, consequences } }: Props) {
  const { reset } = useRoleDraft();
  const [isOpen, setOpen] = useState(false);
  const router = useRouter();
  const close = () => setOpen(false);
  const { holders, bare } = consequences;

  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        Delete
      </Button>
      <Dialog open={isOpen} onClose={close} title={`Delete the role ${draft.name}?`}>
        <ActionForm
          action={deleteRole}
          hidden={{ id, holders, bare: bare.length }}
          onDone={(answer) => {
            close();
            reset();
            // Who acted in it acts in another role now.
            if (answer.leaveTo) leaveTo(answer.leaveTo);
            else router.push("/settings/roles");
          }}
          className="grid gap-4"
        >
          <RefreshWhenRefused />
          <Losses consequences={consequences} />
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <SubmitButton variant="danger">Delete {draft.name}</SubmitButton>
          </div>
        </ActionForm>
      </Dialog>
    </>
  );
}

function Losses({ consequences: { holders, names, bare, sessions } }: Pick<RoleView, "consequences">) {
  if (holders === 0) return <p>Nobody holds this role.</p>;
  const more = holders - names.length;
  return (
    <div className="grid gap-3">
      <p>
        {formatCount(holders, "user")} {holders === 1 ? "holds" : "hold"} this role and{" "}
        {holders === 1 ? "loses" : "lose"} what it allows: <b>{names.join(", ")}</b>
        {more > 0 && ` and ${more.toLocaleString("en")} more`}.
      </p>
      {sessions > 0 && (
        <p>
          {formatCount(sessions, "open session")} {sessions === 1 ? "acts" : "act"} in it now, and{" "}
          {sessions === 1 ? "leaves" : "leave"} it at once.
        </p>
      )}
      {bare.length > 0 && (
        <Alert tone="danger">
          Left with no role, and able to open nothing: <b>{bare.join(", ")}</b>.
        </Alert>
      )}
    </div>
  );
}
