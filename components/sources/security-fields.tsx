"use client";
import { useRef, useState } from "react";
import { FormSelect, FormText } from "@/components/form/form-fields";
import { Alert } from "@/components/ui/alert";
import { securityLabels } from "@/lib/sources/rules";
import type { Security } from "@/lib/sources/types";

const options = (Object.keys(securityLabels) as Security[]).map((value) => ({ value, label: securityLabels[value] }));

type Props = {
  security: Security;
  port: number;
  /** The port that goes with an encryption, filled in where nobody typed another. */
  usual: Record<Security, number>;
  warning: string;
  onChange?: (security: Security) => void;
};

/** Encryption and port, with a warning where there is none. */
export function SecurityFields({ security: given, port: givenPort, usual, warning, onChange }: Props) {
  const [security, setSecurity] = useState(given);
  const port = useRef<HTMLInputElement>(null);
  const choose = (chosen: Security) => {
    if (port.current?.value === String(usual[security])) port.current.value = String(usual[chosen]);
    setSecurity(chosen);
    onChange?.(chosen);
  };
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <FormSelect
          label="Encryption"
          name="security"
          options={options}
          defaultValue={security}
          onChange={(event) => choose(event.target.value as Security)}
        />
        <FormText ref={port} label="Port" name="port" inputMode="numeric" defaultValue={givenPort} />
      </div>
      {security === "none" && <Alert tone="warning">{warning}</Alert>}
    </>
  );
}
