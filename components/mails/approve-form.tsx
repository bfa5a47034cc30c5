"use client";
import { Check } from "lucide-react";
import { useState } from "react";
import { ActionForm } from "@/components/form/action-form";
import { FormSelect, FormText } from "@/components/form/form-fields";
import type { Option } from "@/components/ui/control";
import { SubmitButton } from "@/components/ui/submit-button";
import { approveMail } from "@/lib/filing/actions";
import type { JobChoice } from "@/lib/filing/queries";
import { useChoices } from "./use-choices";

export type Prefilled = {
  customer: string;
  job: string;
  name: string;
  software: string;
  host: string;
  jobType: string;
  resourceType: string;
};

type Props = {
  mail: string;
  prefilled: Prefilled;
  names: string[];
  jobs: JobChoice[] | null;
  resourceTypes: Option[];
  mayAddCustomers: boolean;
  mayAddJobs: boolean;
};

/** Ties the mail to a job: an existing one, or a new one with what the mail says of it. */
export function ApproveForm({ mail, prefilled, names, jobs, resourceTypes, mayAddCustomers, mayAddJobs }: Props) {
  const [customer, setCustomer] = useState(prefilled.customer);
  const [job, setJob] = useState(prefilled.job);
  const found = useChoices(customer.trim(), { names, jobs });
  const known = found.jobs ?? [];
  const chooseCustomer = (name: string) => {
    setCustomer(name);
    setJob(name.trim() === prefilled.customer ? prefilled.job : "");
  };
  const isNewJob = mayAddJobs && !known.some(({ id }) => id === job);

  return (
    <ActionForm action={approveMail} hidden={{ mail }} className="grid gap-3">
      <FormText
        label="Customer"
        name="customer"
        list="customer-names"
        autoComplete="off"
        defaultValue={prefilled.customer}
        onChange={(event) => chooseCustomer(event.currentTarget.value)}
        hint={customerHint(customer.trim(), found, mayAddCustomers)}
      />
      <datalist id="customer-names">
        {found.names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <FormSelect
        label="Job"
        name="job"
        defaultValue={known.some(({ id }) => id === prefilled.job) ? prefilled.job : ""}
        onChange={(event) => setJob(event.currentTarget.value)}
        options={[
          { value: "", label: mayAddJobs ? "New job" : "Choose a job", disabled: !mayAddJobs },
          ...known.map(jobOption),
        ]}
      />
      {isNewJob && <NewJob prefilled={prefilled} resourceTypes={resourceTypes} />}
      <SubmitButton icon={<Check aria-hidden />} className="justify-self-start">
        Approve
      </SubmitButton>
    </ActionForm>
  );
}

function customerHint(name: string, found: ReturnType<typeof useChoices>, mayAddCustomers: boolean): string {
  if (!name) return mayAddCustomers ? "An existing customer, or the name of a new one." : "An existing customer.";
  if (found.of !== name) return "Looking for this customer.";
  if (found.jobs) return "An existing customer.";
  return mayAddCustomers ? "A new customer of this name will be added." : "There is no customer of this name.";
}

function jobOption({ id, name, software, host }: JobChoice): Option {
  const details = [software, host].filter(Boolean).join(", ");
  return { value: id, label: details ? `${name} (${details})` : name };
}

function NewJob({ prefilled, resourceTypes }: { prefilled: Prefilled; resourceTypes: Option[] }) {
  return (
    <fieldset className="grid gap-3 rounded-md border border-line p-3">
      <legend className="px-1 text-muted text-sm">New job</legend>
      <FormText label="Job name" name="name" defaultValue={prefilled.name} />
      <div className="grid gap-3 sm:grid-cols-2">
        <FormText label="Software" name="software" defaultValue={prefilled.software} />
        <FormText label="Host" name="host" defaultValue={prefilled.host} />
        <FormText label="Job type" name="job_type" defaultValue={prefilled.jobType} />
        <FormSelect
          label="Resource type"
          name="resource_type"
          defaultValue={prefilled.resourceType}
          options={resourceTypes}
        />
      </div>
    </fieldset>
  );
}
