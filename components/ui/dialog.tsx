"use client";

import { X } from "lucide-react";
import { type ReactNode, type SyntheticEvent, useId, useLayoutEffect, useRef } from "react";
import { Button } from "./button";

type Props = { open: boolean; onClose: () => void; title: ReactNode; children: ReactNode; footer?: ReactNode };

/** A modal native dialog. Its content exists only while it is open, so every opening starts afresh. */
export function Dialog({ open, onClose, title, children, footer }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const pressedOutside = useRef(false);
  const titleId = useId();

  // Before painting and before removal: only an element still in the page gives the focus back when it closes.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!open || !element) return;
    element.showModal();
    firstControl(element)?.focus();
    return () => element.close();
  }, [open]);

  // "cancel" also bubbles up from a file picker inside the dialog.
  const cancel = (event: SyntheticEvent) => {
    if (event.target !== dialog.current) return;
    event.preventDefault();
    onClose();
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same, through onCancel
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={cancel}
      // It may have been opened again before this event came.
      onClose={(event) => open && event.target === dialog.current && !dialog.current.open && onClose()}
      // A selection dragged out of a field ends outside, but did not start there.
      onPointerDown={(event) => {
        pressedOutside.current = event.target === dialog.current;
      }}
      onClick={(event) => pressedOutside.current && event.target === dialog.current && onClose()}
      className="m-auto max-h-[calc(100dvh-2rem)] w-[32rem] max-w-[calc(100vw-2rem)] flex-col rounded-lg border border-line bg-surface text-left font-normal text-base text-ink whitespace-normal shadow-raised backdrop:bg-backdrop open:flex max-sm:mb-0 max-sm:w-full max-sm:max-w-full max-sm:rounded-b-none"
    >
      {open && (
        <>
          <div className="flex items-center justify-between gap-4 border-line border-b py-2 pr-2 pl-4">
            <h2 id={titleId} className="text-lg">
              {title}
            </h2>
            <Button variant="ghost" aria-label="Close" icon={<X aria-hidden />} onClick={onClose} />
          </div>
          <div data-dialog-content className="min-h-0 overflow-y-auto p-4">
            {children}
          </div>
          {footer && (
            <div data-dialog-content className="flex flex-wrap justify-end gap-2 border-line border-t px-4 py-3">
              {footer}
            </div>
          )}
        </>
      )}
    </dialog>
  );
}

function firstControl(element: HTMLElement) {
  return element.querySelector<HTMLElement>(
    "[data-dialog-content] :is(input:not([type=hidden]), select, textarea, button, a[href]):not(:disabled)",
  );
}
