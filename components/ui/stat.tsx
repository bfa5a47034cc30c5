import Link from "next/link";
import type { ReactNode } from "react";
import { cx } from "./cx";
import type { Tone } from "./status";

const tones = {
  neutral: "text-ink",
  info: "text-accent",
  success: "text-success",
  warning: "text-warning",
  danger: "text-danger",
};
const frame = "block rounded-lg border border-line bg-surface px-4 py-3";

type Props = { label: ReactNode; value: ReactNode; href?: string; tone?: Tone };

/** One number and what it counts; with `href` it leads to what was counted. */
export function Stat({ label, value, href, tone = "neutral" }: Props) {
  const content = (
    <>
      <span className={cx("block font-semibold text-2xl tabular-nums", tones[tone])}>{value}</span>{" "}
      <span className="block text-muted text-sm">{label}</span>
    </>
  );
  if (!href) return <div className={frame}>{content}</div>;
  return (
    <Link href={href} prefetch={false} className={cx(frame, "no-underline hover:border-accent hover:bg-sunken")}>
      {content}
    </Link>
  );
}
