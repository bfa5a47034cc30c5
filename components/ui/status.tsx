import { CircleCheck, CircleQuestionMark, CircleX, ClockAlert, Minus, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";

export type StatusName = "success" | "warning" | "failed" | "unknown" | "missed" | "none";
export type Tone = "neutral" | "info" | "success" | "warning" | "danger";

/** How each status looks: an icon of its own shape, a word, and colours as text and as fill. */
export const statuses = {
  success: { icon: CircleCheck, label: "Success", text: "text-success", fill: "fill-success-fill" },
  warning: { icon: TriangleAlert, label: "Warning", text: "text-warning", fill: "fill-warning" },
  failed: { icon: CircleX, label: "Failed", text: "text-danger", fill: "fill-danger" },
  unknown: { icon: CircleQuestionMark, label: "Unknown", text: "text-muted", fill: "fill-muted" },
  missed: { icon: ClockAlert, label: "Missed", text: "text-missed", fill: "fill-missed" },
  none: { icon: Minus, label: "None", text: "text-muted", fill: "fill-control" },
};

/** A status as icon and word. */
export function Status({ status, label }: { status: StatusName; label?: ReactNode }) {
  const { icon: Icon, label: word, text } = statuses[status];

  return (
    <span className={cx("whitespace-nowrap font-medium", text)}>
      <Icon aria-hidden className="mr-1 inline size-4 align-[-0.2em]" />
      {label ?? word}
    </span>
  );
}

const tones = {
  neutral: "bg-sunken text-muted",
  info: "bg-accent-soft text-accent",
  success: "bg-success-soft text-success",
  warning: "bg-warning-soft text-warning",
  danger: "bg-danger-soft text-danger",
};

/** A short word with a tint: a state, a number of things. */
export function Badge({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={cx("inline-block whitespace-nowrap rounded px-1.5 font-medium text-xs leading-5", tones[tone])}>
      {children}
    </span>
  );
}
