import { ActionButton } from "@/components/form/action-button";
import { ConfirmButton } from "@/components/form/confirm-button";
import { deactivateCustomer, reactivateCustomer } from "@/lib/customers/actions";

type Props = { customer: { id: string; name: string; deactivatedAt: Date | null } };

/** Takes a customer out of the daily work, and back in. */
export function CustomerState({ customer: { id, name, deactivatedAt } }: Props) {
  if (deactivatedAt)
    return (
      <ActionButton action={reactivateCustomer} hidden={{ id }}>
        Reactivate
      </ActionButton>
    );
  return (
    <ConfirmButton
      action={deactivateCustomer}
      hidden={{ id }}
      label="Deactivate"
      question={`Deactivate ${name}?`}
      confirmLabel="Deactivate"
    >
      Its jobs leave Run Checks and the dashboard. Nothing is deleted: mails still come in, and reactivating brings
      everything back.
    </ConfirmButton>
  );
}
