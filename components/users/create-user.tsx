"use client";
import { useRef, useState } from "react";
import { ActionForm, useFormAnswer } from "@/components/form/action-form";
import { FormCheckbox, FormText } from "@/components/form/form-fields";
import { NewPasswordFields } from "@/components/form/new-password-fields";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { SubmitButton } from "@/components/ui/submit-button";
import { createUser } from "@/lib/users/actions";
import { RoleCheckboxes } from "./role-checkboxes";
import type { RoleView } from "./types";

type Made = { username: string; password: string };

export function CreateUser({ roles, passwordHint }: { roles: RoleView[]; passwordHint: string }) {
  const generated = useRef("");
  const [made, setMade] = useState<Made | null>(null);

  return (
    <Card title="Create new user">
      {made && <MadePassword made={made} onClose={() => setMade(null)} />}
      <ActionForm
        action={createUser}
        onDone={({ data }) => {
          const { username } = data as { username: string };
          setMade(generated.current ? { username, password: generated.current } : null);
          generated.current = "";
        }}
        className="grid gap-4"
      >
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          <FormText
            label="Username"
            name="username"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            required
          />
          <NewPasswordFields
            field={{ label: "Password", name: "password" }}
            hint={passwordHint}
            onGenerate={(password) => {
              generated.current = password;
            }}
          />
          <FormText label="E-mail" name="email" type="email" autoComplete="off" hint="Optional." />
        </div>
        <Roles roles={roles} />
        <FormCheckbox label="Must change at next sign-in" name="must_change" />
        <div>
          <SubmitButton>Create</SubmitButton>
        </div>
      </ActionForm>
    </Card>
  );
}

function Roles({ roles }: { roles: RoleView[] }) {
  const { errors } = useFormAnswer();
  return (
    <div className="grid gap-1">
      <p aria-hidden className="font-medium">
        Roles
      </p>
      <RoleCheckboxes legend="Roles" roles={roles} />
      {errors.roles && (
        <p role="alert" className="text-danger text-sm">
          {errors.roles}
        </p>
      )}
    </div>
  );
}

function MadePassword({ made, onClose }: { made: Made; onClose: () => void }) {
  return (
    <div className="mb-4">
      <Alert tone="success" title={`${made.username} can sign in with this password. It is not shown again.`}>
        <div className="mt-1 flex flex-wrap items-center gap-2">
          <code className="break-all text-lg">{made.password}</code>
          <CopyButton text={made.password} label={`Copy the password of ${made.username}`} />
          <Button size="sm" onClick={onClose}>
            Hide
          </Button>
        </div>
      </Alert>
    </div>
  );
}
