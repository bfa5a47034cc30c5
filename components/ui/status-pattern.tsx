import { cx } from "./cx";
import { type StatusName, statuses } from "./status";

/** From the bottom of a bar to its top: what needs work stands on the line, where it can be compared. */
export const stackOrder = ["failed", "missed", "warning", "unknown", "success"] as const satisfies StatusName[];

/** Fills for charts that differ in texture, not only in colour; refer to them with patternUrl(prefix, status). */
export function StatusPatterns({ prefix }: { prefix: string }) {
  return (
    <defs>
      {stackOrder.map((status) => (
        <pattern key={status} id={`${prefix}-${status}`} width="6" height="6" patternUnits="userSpaceOnUse">
          <rect width="6" height="6" className={statuses[status].fill} />
          <path d={textures[status]} className="fill-none stroke-surface" strokeWidth="1.2" />
        </pattern>
      ))}
    </defs>
  );
}

const textures: Record<(typeof stackOrder)[number], string> = {
  success: "",
  warning: "M-1 7 L7 -1 M-1 1 L1 -1 M5 7 L7 5",
  failed: "M1.5 1.5 L4.5 4.5 M4.5 1.5 L1.5 4.5",
  unknown: "M0 3 H6",
  missed: "M3 0 V6",
};

export function patternUrl(prefix: string, status: StatusName): string {
  return `url(#${prefix}-${status})`;
}

/** A small square with a status' fill, for legends. */
export function StatusSwatch({ prefix, status }: { prefix: string; status: StatusName }) {
  return (
    <svg aria-hidden="true" width="12" height="12" className={cx("shrink-0 rounded-xs")}>
      <rect width="12" height="12" fill={patternUrl(prefix, status)} />
    </svg>
  );
}
