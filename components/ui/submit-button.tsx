"use client";

import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { useFormStatus } from "react-dom";
import { Button } from "./button";

/** The button that sends the form around it; refuses a second click while the first is under way, keeping width and focus. */
export function SubmitButton({ variant = "primary", icon, onClick, ...button }: ComponentProps<typeof Button>) {
  const { pending } = useFormStatus();

  return (
    <Button
      {...button}
      type="submit"
      variant={variant}
      aria-disabled={pending || undefined}
      icon={pending && icon ? <LoaderCircle aria-hidden className="animate-spin" /> : icon}
      onClick={(event) => (pending ? event.preventDefault() : onClick?.(event))}
    />
  );
}
