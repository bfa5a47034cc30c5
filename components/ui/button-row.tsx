import type { ReactNode } from "react";
import { cx } from "./cx";

/** Buttons beside each other, wrapping on phones. */
export function ButtonRow({ align = "start", children }: { align?: "start" | "end"; children: ReactNode }) {
  return <div className={cx("flex flex-wrap items-center gap-2", align === "end" && "justify-end")}>{children}</div>;
}
