"use client";
import { ActionButton } from "@/components/form/action-button";
import { ActionForm } from "@/components/form/action-form";
import { FormText } from "@/components/form/form-fields";
import { Card } from "@/components/ui/card";
import { SubmitButton } from "@/components/ui/submit-button";
import { sendTestCall, sendTestMail } from "@/lib/outgoing/actions";

/** Sends with what is stored, and tells what came of it. */
export function TryIt({ hasMail, hasCall, ownAddress }: { hasMail: boolean; hasCall: boolean; ownAddress: string }) {
  return (
    <Card title="Try it">
      <div className="grid gap-4 sm:grid-cols-2 sm:items-end">
        {hasMail ? (
          <ActionForm action={sendTestMail} className="grid gap-2">
            <FormText label="Send to" name="to" type="email" defaultValue={ownAddress} required />
            <div>
              <SubmitButton variant="secondary">Send a test mail</SubmitButton>
            </div>
          </ActionForm>
        ) : (
          <p className="text-muted">A test mail can be sent when a mail server is saved above.</p>
        )}
        {hasCall ? (
          <ActionButton action={sendTestCall}>Send a test call</ActionButton>
        ) : (
          <p className="text-muted">A test call can be sent when an address to call is saved above.</p>
        )}
      </div>
    </Card>
  );
}
