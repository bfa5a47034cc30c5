"use client";
import { ChevronDown, ChevronUp, X } from "lucide-react";
import { type ReactNode, type RefObject, useEffect, useId, useLayoutEffect, useRef } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { formatMoment } from "@/lib/format";
import type { May } from "./may";
import { PanelActions } from "./panel-actions";
import { PanelBody } from "./panel-body";
import { useRunPanel } from "./use-open-run";

type Props = {
  id: string;
  panel: RefObject<HTMLDialogElement | null>;
  /** The list as it is now: when it was made anew, so is this. */
  version: unknown;
  may: May;
  timeZone: string;
  /** What was just marked, with its way back. */
  banner: ReactNode;
  onClose: () => void;
  onStep: (steps: number) => void;
  onReviewed: Parameters<typeof PanelActions>[0]["onReviewed"];
};

/** One run beside the list; on a small screen over it. */
export function RunPanel({ id, panel, version, may, timeZone, banner, onClose, onStep, onReviewed }: Props) {
  const opened = useRunPanel(id, version);
  const titleId = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const data = opened?.data ?? null;
  const shownId = opened?.id;
  const isLoading = shownId !== id;

  useLayoutEffect(() => {
    const element = panel.current;
    if (!element || element.open) return;
    if (window.matchMedia("(width >= 64rem)").matches) element.show();
    else element.showModal();
    heading.current?.focus({ preventScroll: true });
  }, [panel]);

  // Who is in the panel hears which run it shows now; who is in the list stays there.
  useEffect(() => {
    panel.current?.querySelector("[data-panel-body]")?.scrollTo(0, 0);
    if (shownId && panel.current?.contains(document.activeElement)) heading.current?.focus({ preventScroll: true });
  }, [shownId, panel]);

  return (
    <dialog
      ref={panel}
      aria-labelledby={titleId}
      aria-busy={isLoading}
      data-run={shownId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className={cx(
        "inset-0 m-0 flex max-h-dvh w-full max-w-none flex-col border-line bg-surface p-0 text-ink backdrop:bg-backdrop",
        "max-lg:fixed max-lg:z-40 max-lg:h-dvh lg:sticky lg:inset-auto lg:top-2 lg:max-h-[calc(100dvh-1rem)] lg:self-start lg:rounded-lg lg:border",
      )}
    >
      <div className="flex items-start gap-1 border-line border-b py-2 pr-2 pl-4">
        <h2 ref={heading} id={titleId} tabIndex={-1} className="mr-auto min-w-0 break-words py-1 text-lg">
          {data ? `${data.run.job.name}, ${formatMoment(data.run.ranAt, timeZone)}` : "Run"}
        </h2>
        <Button
          variant="ghost"
          aria-label="Previous in the list"
          icon={<ChevronUp aria-hidden />}
          onClick={() => onStep(-1)}
        />
        <Button
          variant="ghost"
          aria-label="Next in the list"
          icon={<ChevronDown aria-hidden />}
          onClick={() => onStep(1)}
        />
        <Button variant="ghost" aria-label="Close" icon={<X aria-hidden />} onClick={onClose} />
      </div>
      <div data-panel-body className="grid min-h-0 flex-1 content-start gap-4 overflow-y-auto p-4">
        {banner}
        {opened?.problem && <Alert tone="danger">{opened.problem}</Alert>}
        {!opened && <p className="text-muted">Loading…</p>}
        {data && <PanelBody data={data} timeZone={timeZone} />}
      </div>
      {data && <PanelActions run={data.run} may={may} onReviewed={onReviewed} />}
    </dialog>
  );
}
