"use client";
import { FormText } from "@/components/form/form-fields";
import type { GraphOptions } from "@/lib/sources/types";
import { FilingFields } from "./filing-fields";

const fresh: GraphOptions = {
  tenant: "",
  clientId: "",
  mailbox: "",
  folder: "Inbox",
  after: "nothing",
  moveTo: "",
  authServId: "",
  needsRecipient: false,
};

export function GraphFields({ stored }: { stored?: GraphOptions }) {
  const source = { ...fresh, ...stored };
  return (
    <>
      <FormText
        label="Tenant"
        name="tenant"
        defaultValue={source.tenant}
        autoComplete="off"
        hint="The directory ID, or a domain of it."
      />
      <FormText label="Client ID" name="client_id" defaultValue={source.clientId} autoComplete="off" />
      <FormText
        label="Client secret"
        name="client_secret"
        type="password"
        autoComplete="new-password"
        hint={stored ? "Leave empty to keep what is stored." : "Its value, not its ID."}
      />
      <FormText
        label="Mailbox"
        name="mailbox"
        defaultValue={source.mailbox}
        autoComplete="off"
        hint="backup@example.com"
      />
      <FilingFields
        source={source}
        trustHint="Write - for Exchange Online, which puts no name there. Empty: senders are not checked."
      />
    </>
  );
}
