"use client";
import type { ComponentProps } from "react";
import { Checkbox } from "@/components/ui/field";
import type { Extent } from "@/lib/roles/marking";

type Props = { extent: Extent } & Omit<ComponentProps<typeof Checkbox>, "checked" | "ref">;

/** A native checkbox that also knows "some of it". */
export function TriCheckbox({ extent, ...checkbox }: Props) {
  return (
    <Checkbox
      {...checkbox}
      checked={extent === "all"}
      // No attribute says it, and a click takes it away: told again with each render.
      ref={(element: HTMLInputElement | null) => {
        if (element) element.indeterminate = extent === "some";
      }}
    />
  );
}
