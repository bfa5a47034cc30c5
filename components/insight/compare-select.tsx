"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";

type Props = { roleId: string; others: { id: string; name: string }[]; chosen: string };

/** Chooses the other role; the address says which it is. */
export function CompareSelect({ roleId, others, chosen }: Props) {
  const select = useRef<HTMLSelectElement>(null);
  const router = useRouter();

  // Follows the address without becoming another element, which would lose the focus.
  useEffect(() => {
    if (select.current) select.current.value = chosen;
  }, [chosen]);

  return (
    <Field label="Compare with …" name="with">
      {(wiring) => (
        <Select
          {...wiring}
          ref={select}
          className="sm:max-w-80"
          options={[
            { value: "", label: "Choose a role" },
            ...others.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          defaultValue={chosen}
          onChange={({ target }) =>
            router.push(
              `/settings/roles?${new URLSearchParams({ role: roleId, ...(target.value && { with: target.value }) })}`,
              {
                scroll: false,
              },
            )
          }
        />
      )}
    </Field>
  );
}
