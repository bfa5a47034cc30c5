"use client";
import { useState } from "react";
import { FormCheckbox, FormSelect, FormText } from "@/components/form/form-fields";
import { afterLabels } from "@/lib/sources/rules";

type After = keyof typeof afterLabels;
const options = (Object.keys(afterLabels) as After[]).map((value) => ({ value, label: afterLabels[value] }));

type Props = {
  source: { folder: string; after: After; moveTo: string; authServId: string; needsRecipient: boolean };
  trustHint: string;
};

/** Which folder is read, what becomes of a mail there, and how senders are checked. */
export function FilingFields({ source, trustHint }: Props) {
  const [after, setAfter] = useState(source.after);
  return (
    <>
      <FormText label="Folder" name="folder" defaultValue={source.folder} autoComplete="off" />
      <FormSelect
        label="After a mail was taken"
        name="after"
        options={options}
        defaultValue={after}
        onChange={(event) => setAfter(event.target.value as After)}
      />
      {after === "move" && (
        <FormText
          label="Move to"
          name="move_to"
          defaultValue={source.moveTo}
          autoComplete="off"
          hint="Made when there is none."
        />
      )}
      <fieldset className="grid gap-4 rounded-md border border-line p-3">
        <legend className="px-1 font-medium">Check of senders</legend>
        <FormText
          label="Trust Authentication-Results of"
          name="auth_serv_id"
          defaultValue={source.authServId}
          autoComplete="off"
          hint={trustHint}
        />
        <FormCheckbox
          label="Mails must be sent to a secret address"
          name="needs_recipient"
          defaultChecked={source.needsRecipient}
          hint="The secret is shown in the list. A success in any other mail is not believed."
        />
      </fieldset>
    </>
  );
}
