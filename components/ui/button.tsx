import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";

type Look = { variant?: "primary" | "secondary" | "danger" | "ghost"; size?: "md" | "sm"; icon?: ReactNode };

const variants = {
  primary: "border-transparent bg-accent text-on-accent enabled:hover:bg-accent-strong [a]:hover:bg-accent-strong",
  secondary: "border-edge bg-surface text-ink hover:bg-sunken hover:text-ink",
  danger: "border-transparent bg-danger text-on-danger enabled:hover:bg-danger-strong [a]:hover:bg-danger-strong",
  ghost: "border-transparent text-ink hover:bg-sunken hover:text-ink",
};
const sizes = { md: "min-h-9 px-3 py-1.5", sm: "min-h-7 px-2 py-0.5 text-sm" };
const base =
  "inline-flex items-center justify-center gap-1.5 rounded-md border font-medium no-underline select-none " +
  "pointer-coarse:min-h-11 pointer-coarse:min-w-11 disabled:opacity-55 aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0";

/** A button; of type "button" unless said otherwise. An icon without text needs `aria-label`. */
export function Button({
  variant = "secondary",
  size = "md",
  icon,
  className,
  children,
  type = "button",
  ...button
}: Look & ComponentProps<"button">) {
  return (
    <button type={type} className={cx(base, variants[variant], sizes[size], className)} {...button}>
      {icon}
      {children}
    </button>
  );
}

/** A link that looks like a button: for going somewhere, never for changing something. */
export function ButtonLink({
  variant = "secondary",
  size = "md",
  icon,
  className,
  children,
  prefetch = false,
  ...link
}: Look & ComponentProps<typeof Link>) {
  return (
    <Link prefetch={prefetch} className={cx(base, variants[variant], sizes[size], className)} {...link}>
      {icon}
      {children}
    </Link>
  );
}
