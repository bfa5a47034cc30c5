"use client";
import { useState } from "react";
import { FormText, FormTextArea } from "@/components/form/form-fields";
import type { SmtpOptions } from "@/lib/sources/types";
import { SecurityFields } from "./security-fields";

const fresh: SmtpOptions = { address: "", port: 2525, security: "none", allowed: ["127.0.0.1"] };

export function SmtpFields({ stored }: { stored?: SmtpOptions }) {
  const source = { ...fresh, ...stored };
  const [security, setSecurity] = useState(source.security);
  const keep = stored ? " Leave empty to keep what is stored." : "";
  return (
    <>
      <SecurityFields
        security={source.security}
        port={source.port}
        usual={{ tls: 4650, starttls: 2525, none: 2525 }}
        warning="Mails can be read by anybody on the way. For networks of your own only."
        onChange={setSecurity}
      />
      {security !== "none" && (
        <>
          <FormTextArea
            label="Certificate"
            name="certificate"
            rows={3}
            hint={`In PEM, with those that stand above it.${keep}`}
          />
          <FormTextArea label="Private key" name="key_secret" rows={3} hint={`In PEM, without a password.${keep}`} />
        </>
      )}
      <FormTextArea
        label="Allowed addresses"
        name="allowed"
        rows={3}
        defaultValue={(source.allowed ?? []).join("\n")}
        hint="Who may deliver: addresses or networks such as 10.0.0.0/8, one a line."
      />
      <FormText
        label="Listen on"
        name="address"
        defaultValue={source.address}
        autoComplete="off"
        hint="An address of this machine. Empty: all of them."
      />
    </>
  );
}
