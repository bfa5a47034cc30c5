import { CircleCheck, CircleX, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";

const tones = {
  info: { icon: Info, role: "status", look: "bg-accent-soft", text: "text-accent" },
  success: { icon: CircleCheck, role: "status", look: "bg-success-soft", text: "text-success" },
  warning: { icon: TriangleAlert, role: "alert", look: "bg-warning-soft", text: "text-warning" },
  danger: { icon: CircleX, role: "alert", look: "bg-danger-soft", text: "text-danger" },
} as const;

type Props = { tone: keyof typeof tones; title?: ReactNode; children?: ReactNode };

/** A message that belongs to this place of the page; warnings and dangers interrupt a screen reader. */
export function Alert({ tone, title, children }: Props) {
  const { icon: Icon, role, look, text } = tones[tone];

  return (
    <div role={role} className={cx("flex gap-2.5 rounded-md border border-current/25 px-3 py-2", look, text)}>
      <Icon aria-hidden className="mt-0.5 size-4.5 shrink-0" />
      <div className="min-w-0 text-ink">
        {title && <p className="font-semibold">{title}</p>}
        {children}
      </div>
    </div>
  );
}
