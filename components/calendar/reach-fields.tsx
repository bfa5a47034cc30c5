"use client";
import { useState } from "react";
import { FormSelect } from "@/components/form/form-fields";
import { TargetField } from "@/components/overrides/target-field";
import { type Scope, scopeLabels, type Target } from "@/lib/calendar/types";

type Props = { scopes: Scope[]; scope?: Scope; customer?: Target | null; job?: Target | null };

const PATH = "/api/calendar/targets";

/** For whom it is. */
export function ReachFields({ scopes, scope: first, customer: ofCustomer = null, job: ofJob = null }: Props) {
  const [scope, setScope] = useState(first ?? scopes[0] ?? "job");
  const [customer, setCustomer] = useState(ofCustomer);
  const [job, setJob] = useState(ofJob);
  return (
    <>
      <FormSelect
        label="Applies to"
        name="scope"
        defaultValue={first ?? scopes[0]}
        options={scopes.map((value) => ({ value, label: scopeLabels[value] }))}
        onChange={(event) => setScope(event.currentTarget.value as Scope)}
      />
      {scope === "customer" && (
        <TargetField kind="customer" label="Customer" chosen={customer} onChoose={setCustomer} path={PATH} />
      )}
      {scope === "job" && <TargetField kind="job" label="Job" chosen={job} onChoose={setJob} path={PATH} />}
    </>
  );
}
