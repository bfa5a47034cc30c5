"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { rights } from "@/lib/access/registry";
import { hrefOfAsked, readAsked } from "@/lib/insight/asked";

const options = [
  { value: "", label: "Choose a right" },
  ...rights.map(({ right, area, label }) => ({ value: right, label: `${area}: ${label}` })),
];

/** Chooses the right that is asked about; the address says which it is. */
export function RightSelect({ userId, right }: { userId: string; right: string }) {
  const select = useRef<HTMLSelectElement>(null);
  const router = useRouter();

  // Follows the address (Back, a link) without becoming another element, which would lose the focus.
  useEffect(() => {
    if (select.current) select.current.value = right;
  }, [right]);

  return (
    <Field label="Right" name="right">
      {(wiring) => (
        <Select
          {...wiring}
          ref={select}
          options={options}
          defaultValue={right}
          onChange={({ target }) =>
            router.push(hrefOfAsked(userId, readAsked({ right: target.value })), { scroll: false })
          }
        />
      )}
    </Field>
  );
}
