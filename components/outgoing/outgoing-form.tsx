"use client";
import { ActionForm } from "@/components/form/action-form";
import { FormSelect, FormText, FormTextArea } from "@/components/form/form-fields";
import { RefreshWhenRefused } from "@/components/form/refresh-when-refused";
import { Card } from "@/components/ui/card";
import { SubmitButton } from "@/components/ui/submit-button";
import { updateOutgoing } from "@/lib/outgoing/actions";
import type { OutgoingSettings } from "@/lib/outgoing/queries";

const securities = [
  { value: "starttls", label: "STARTTLS (usually port 587)" },
  { value: "tls", label: "TLS (usually port 465)" },
  { value: "none", label: "Not encrypted (usually port 25)" },
];

/** How the account sends mails and calls others. */
export function OutgoingForm({ settings }: { settings: OutgoingSettings }) {
  return (
    <ActionForm action={updateOutgoing} hidden={{ version: settings.version }} className="grid max-w-3xl gap-4">
      <RefreshWhenRefused />
      <MailServer settings={settings} />
      <Card title="Who is told">
        <div className="grid gap-4 sm:grid-cols-2">
          <FormTextArea
            label="About tickets"
            name="ticket_recipients"
            defaultValue={settings.ticketRecipients.join("\n")}
            rows={3}
            hint="E-mail addresses, one a line. They are told the title, the customers and the jobs of every ticket."
          />
          <FormTextArea
            label="About alarms"
            name="alarm_recipients"
            defaultValue={settings.alarmRecipients.join("\n")}
            rows={3}
            hint="E-mail addresses, one a line. They are told when a mail source falls silent."
          />
        </div>
      </Card>
      <Card title="Webhook">
        <div className="grid gap-4">
          <FormText
            label="Address to call"
            name="webhook_url"
            type="url"
            defaultValue={settings.webhookUrl}
            autoComplete="off"
            spellCheck={false}
            hint="It is sent JSON when a ticket is created, resolved or reopened. Empty: nothing is called."
          />
          <FormText
            label="Secret"
            name="webhook_secret"
            type="password"
            autoComplete="new-password"
            hint={
              settings.hasSecret
                ? "One is stored; leave this empty to keep it."
                : "Signs each call, so that the other side knows who sent it. At least 16 characters."
            }
          />
        </div>
      </Card>
      <div>
        <SubmitButton>Save</SubmitButton>
      </div>
    </ActionForm>
  );
}

function MailServer({ settings }: { settings: OutgoingSettings }) {
  return (
    <Card title="Mail server">
      <div className="grid gap-4 sm:grid-cols-2">
        <FormText
          label="Host"
          name="smtp_host"
          defaultValue={settings.smtpHost}
          placeholder="mail.example.org"
          autoComplete="off"
          spellCheck={false}
          hint="Empty: no mails are sent."
        />
        <FormText label="Port" name="smtp_port" inputMode="numeric" defaultValue={settings.smtpPort} />
        <FormSelect
          label="Encryption"
          name="smtp_security"
          defaultValue={settings.smtpSecurity}
          options={securities}
          hint="The certificate of the server must be trusted."
        />
        <FormText
          label="From"
          name="from_address"
          type="email"
          defaultValue={settings.fromAddress}
          autoComplete="off"
          hint="The address that mails come from."
        />
        <FormText
          label="User"
          name="smtp_user"
          defaultValue={settings.smtpUser}
          autoComplete="off"
          spellCheck={false}
        />
        <FormText
          label="Password"
          name="smtp_password"
          type="password"
          autoComplete="new-password"
          hint={settings.hasPassword ? "One is stored; leave this empty to keep it." : undefined}
        />
      </div>
    </Card>
  );
}
