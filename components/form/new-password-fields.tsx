"use client";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { generatePassword } from "@/lib/auth/generate";
import { useFormAnswer } from "./action-form";
import { FormText } from "./form-fields";

type Field = { label: string; name: string };
type Props = { field: Field; confirm?: Field; hint?: ReactNode; onGenerate?: (password: string) => void };

/** A new password: typed, or made by "Generate", which shows it once so that it can be copied. */
export function NewPasswordFields({ field, confirm, hint, onGenerate }: Props) {
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  const [generated, setGenerated] = useState("");
  const { at } = useFormAnswer();

  // The form forgets passwords with every answer.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer is what this waits for
  useEffect(() => setGenerated(""), [at]);

  const generate = () => {
    const password = generatePassword();
    for (const input of [first.current, second.current]) if (input) input.value = password;
    setGenerated(password);
    onGenerate?.(password);
  };
  const typed = () => {
    setGenerated("");
    onGenerate?.("");
  };
  const shared = {
    type: generated ? "text" : "password",
    autoComplete: "new-password",
    spellCheck: false,
    required: true,
    className: generated ? "font-mono" : undefined,
    onChange: typed,
  };
  return (
    <>
      <div className="grid gap-2">
        <FormText {...shared} {...field} ref={first} hint={hint} />
        <div className="flex flex-wrap items-center gap-2">
          <Button size="sm" onClick={generate}>
            Generate
          </Button>
          {generated && <CopyButton text={generated} label="Copy" />}
          {generated && <span className="text-muted text-sm">Shown only now.</span>}
        </div>
      </div>
      {confirm && <FormText {...shared} {...confirm} ref={second} />}
    </>
  );
}
