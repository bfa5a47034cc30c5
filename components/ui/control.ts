/** The look of everything that is typed into or chosen from. 16 px on touch, or iOS zooms into the field. */
export const control =
  "rounded-md border border-control bg-surface text-ink placeholder:text-muted " +
  "pointer-coarse:min-h-11 pointer-coarse:text-lg aria-invalid:border-danger disabled:opacity-60";

export type Option = { value: string; label: string; disabled?: boolean };
