import { CircleAlert } from "lucide-react";
import { type ComponentProps, cloneElement, type ReactElement, type ReactNode, useId } from "react";
import { control, type Option } from "./control";
import { cx } from "./cx";
import { Select } from "./select";

type Wiring = { id: string; name: string; "aria-describedby"?: string; "aria-invalid"?: true };
type FieldProps = { label: ReactNode; name: string; hint?: ReactNode; error?: ReactNode };

/** A label, a control, a hint and an error that belong together. The control is the child: an element, or a function of its attributes. */
export function Field({
  label,
  name,
  hint,
  error,
  children,
}: FieldProps & { children: ReactElement<Partial<Wiring>> | ((wiring: Wiring) => ReactNode) }) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  const wiring: Wiring = {
    id,
    name,
    "aria-describedby": described || undefined,
    "aria-invalid": error ? true : undefined,
  };

  return (
    <div className="grid min-w-0 content-start gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {typeof children === "function" ? children(wiring) : cloneElement(children, wiring)}
      {hint && (
        <p id={`${id}-hint`} className="text-muted text-sm">
          {hint}
        </p>
      )}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  );
}

function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} className="flex gap-1.5 text-danger text-sm">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>{children}</span>
    </p>
  );
}

/** A field of one line. */
export function TextField({ label, name, hint, error, className, ...input }: FieldProps & ComponentProps<"input">) {
  return (
    <Field label={label} name={name} hint={hint} error={error}>
      <input className={cx(control, "min-h-9 w-full min-w-0 px-2.5 py-1", className)} {...input} />
    </Field>
  );
}

/** A field of several lines. */
export function TextArea({ label, name, hint, error, className, ...area }: FieldProps & ComponentProps<"textarea">) {
  return (
    <Field label={label} name={name} hint={hint} error={error}>
      <textarea rows={4} className={cx(control, "w-full px-2.5 py-1.5", className)} {...area} />
    </Field>
  );
}

/** A native select with a label; keeps its value when React resets the form. */
export function SelectField({
  label,
  name,
  hint,
  error,
  options,
  ...select
}: FieldProps & { options: Option[] } & ComponentProps<"select">) {
  return (
    <Field label={label} name={name} hint={hint} error={error}>
      {(wiring) => (
        // A changed default makes a new element, or the reset after a form's action would go back to the first option.
        <Select key={String(select.defaultValue ?? "")} options={options} {...select} {...wiring} />
      )}
    </Field>
  );
}

type CheckboxProps = { label: ReactNode; hint?: ReactNode; hideLabel?: boolean } & Omit<
  ComponentProps<"input">,
  "type"
>;

/** A native checkbox with its label; `hideLabel` keeps the label for screen readers only. */
export function Checkbox({ label, hint, hideLabel, className, ...input }: CheckboxProps) {
  const hintId = useId();

  return (
    <div className={className}>
      <label className="inline-flex items-baseline gap-2 pointer-coarse:min-h-11 pointer-coarse:min-w-11 pointer-coarse:items-center">
        <input
          type="checkbox"
          aria-describedby={hint ? hintId : undefined}
          className="relative top-[0.15em] size-4 shrink-0 accent-accent pointer-coarse:top-0 pointer-coarse:size-5"
          {...input}
        />
        <span className={cx(hideLabel && "sr-only")}>{label}</span>
      </label>
      {hint && (
        <p id={hintId} className="ml-6 text-muted text-sm">
          {hint}
        </p>
      )}
    </div>
  );
}

/** A value that the form carries unseen. */
export function Hidden({ name, value }: { name: string; value: string | number }) {
  return <input type="hidden" name={name} value={value} readOnly />;
}
