"use client";
import { useState } from "react";
import { FormSelect, FormText, FormTextArea } from "@/components/form/form-fields";
import type { ImapOptions } from "@/lib/sources/types";
import { FilingFields } from "./filing-fields";
import { SecurityFields } from "./security-fields";

const fresh: ImapOptions = {
  host: "",
  port: 993,
  security: "tls",
  authority: "",
  user: "",
  signIn: "password",
  tokenUrl: "",
  clientId: "",
  scope: "",
  folder: "INBOX",
  after: "nothing",
  moveTo: "",
  authServId: "",
  needsRecipient: false,
};
const KEEP = "Leave empty to keep what is stored.";

export function ImapFields({ stored }: { stored?: ImapOptions }) {
  const source = { ...fresh, ...stored };
  const [signIn, setSignIn] = useState(source.signIn);
  const keep = stored ? KEEP : undefined;
  return (
    <>
      <FormText label="Server" name="host" defaultValue={source.host} autoComplete="off" hint="imap.example.com" />
      <SecurityFields
        security={source.security}
        port={source.port}
        usual={{ tls: 993, starttls: 143, none: 143 }}
        warning="Password and mails can be read by anybody on the way. Only for a server on this machine."
      />
      <FormText label="User" name="user" defaultValue={source.user} autoComplete="off" />
      <FormSelect
        label="Sign in with"
        name="sign_in"
        options={[
          { value: "password", label: "Password" },
          { value: "oauth", label: "OAuth 2.0 access token" },
        ]}
        defaultValue={signIn}
        onChange={(event) => setSignIn(event.target.value as ImapOptions["signIn"])}
      />
      {signIn === "password" ? (
        <FormText label="Password" name="password" type="password" autoComplete="new-password" hint={keep} />
      ) : (
        <OauthFields source={source} keep={keep} />
      )}
      <FilingFields
        source={source}
        trustHint="The name that your own mail server writes there. It must remove such fields from mails that come from outside. Empty: senders are not checked."
      />
      <FormTextArea
        label="Certificate to trust"
        name="authority"
        rows={2}
        defaultValue={source.authority}
        hint="Only for a server with a certificate of its own: in PEM, with BEGIN CERTIFICATE."
      />
    </>
  );
}

function OauthFields({ source, keep }: { source: ImapOptions; keep?: string }) {
  return (
    <>
      <FormText
        label="Token address"
        name="token_url"
        defaultValue={source.tokenUrl}
        autoComplete="off"
        hint="https://login.example.com/oauth2/token"
      />
      <FormText label="Client ID" name="client_id" defaultValue={source.clientId} autoComplete="off" />
      <FormText label="Client secret" name="client_secret" type="password" autoComplete="new-password" hint={keep} />
      <FormText
        label="Refresh token"
        name="refresh_secret"
        type="password"
        autoComplete="new-password"
        hint={keep ?? "Empty: the client signs in for itself (client credentials)."}
      />
      <FormText label="Scope" name="scope" defaultValue={source.scope} autoComplete="off" />
    </>
  );
}
