"use client";
import { useRouter } from "next/navigation";
import { type MouseEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { cx } from "@/components/ui/cx";
import { useToast } from "@/components/ui/toast";
import type { ActionState } from "@/lib/form";
import { isOverridable, overrideAddress, ticketAddress } from "./addresses";
import { KeysHelp } from "./keys-help";
import type { May } from "./may";
import { ReviewForm } from "./review-form";
import { RunPanel } from "./run-panel";
import { type Marked, UndoBanner } from "./undo-banner";
import { useKeys, useKeysSetting } from "./use-keys";
import { useOpenRun } from "./use-open-run";
import { focusRow, runOf, useRows } from "./use-rows";
import { leaveAt } from "./way-back";

type Props = {
  may: May;
  timeZone: string;
  shown: number;
  successes: number;
  oddSuccesses: number;
  until: string;
  /** The list, made by the server. */
  children: ReactNode;
};

/** The part of Run Checks that runs in the browser: going through the list, opening, marking, and taking it back. */
export function CheckDesk({ may, timeZone, children, ...form }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const review = useRef<HTMLFormElement>(null);
  const undo = useRef<HTMLFormElement>(null);
  const panel = useRef<HTMLDialogElement>(null);
  const [marked, setMarked] = useState<Marked[]>([]);
  const [isHelping, setHelping] = useState(false);
  const [keysAreOn, switchKeys] = useKeysSetting();
  const rows = useRows(list, children);
  const opened = useOpenRun();
  const router = useRouter();
  const toast = useToast();

  const close = () => {
    const id = opened.wanted();
    opened.open(null);
    panel.current?.close();
    focusRow((id && rows.ofRun(id)) || rows.current());
  };
  const step = (steps: number) => {
    const id = opened.wanted();
    const row = rows.beside(steps, (id && rows.ofRun(id)) || undefined);
    const next = runOf(row);
    if (id && next) opened.open(next);
    row?.scrollIntoView({ block: "nearest" });
    if (!panel.current?.contains(document.activeElement)) focusRow(row);
  };
  /** To the row that comes after this one is gone; at the end to the one before. */
  const goOn = (row: HTMLElement | null) => {
    const after = rows.beside(1, row);
    const next = after === row ? rows.beside(-1, row) : after;
    return next === row ? null : next;
  };
  /** On a run: the open one, else that with the focus. */
  const go = (address: (id: string) => string) => {
    const id = opened.wanted() ?? runOf(rows.current());
    if (!id) return;
    leaveAt(id);
    router.push(address(id));
  };
  const select = () => {
    const id = opened.wanted();
    (id ? rows.ofRun(id) : rows.current())?.querySelector<HTMLElement>("input")?.click();
  };
  const markFocused = () => {
    const row = rows.current();
    // Before the answer, so that one key after the other marks one row after the other.
    focusRow(goOn(row));
    review.current?.requestSubmit(row?.querySelector<HTMLElement>("button[name=run]") ?? undefined);
  };
  const mark = () => {
    const isShown = panel.current?.dataset.run === opened.wanted();
    // What has not been on the screen yet is not marked.
    if (opened.wanted()) isShown && panel.current?.querySelector<HTMLElement>("[data-panel-review] button")?.click();
    else if (list.current?.querySelector('input[name="ids[]"]:checked')) review.current?.requestSubmit();
    else markFocused();
  };
  const override = () => {
    const id = opened.wanted() ?? runOf(rows.current());
    const row = id && rows.ofRun(id);
    if (row && !isOverridable(row.dataset.status))
      toast("Only a warning, a failure or a missed run is treated as success.");
    else go(overrideAddress);
  };
  const keep = ({ data }: ActionState) => setMarked((before) => (data ? [...before, data as Marked] : before));
  const afterOpen = (id: string, state: ActionState) => {
    keep(state);
    if (opened.wanted() !== id) return;
    const row = rows.ofRun(id);
    const next = runOf(row ? goOn(row) : rows.current());
    if (next) opened.open(next);
    else close();
  };

  useKeys(
    keysAreOn
      ? {
          j: () => step(1),
          k: () => step(-1),
          arrowdown: (target) => (isInRow(target) ? step(1) : false),
          arrowup: (target) => (isInRow(target) ? step(-1) : false),
          enter: (target) => {
            const id = runOf(rows.current());
            if (!id || (target !== document.body && !target.matches("[data-row] input"))) return false;
            opened.open(id);
          },
          escape: () => (opened.wanted() ? close() : false),
          "?": () => setHelping(true),
          ...(may.review && {
            x: select,
            e: mark,
            u: () => undo.current?.requestSubmit(),
          }),
          ...(may.ticket && { t: () => go(ticketAddress) }),
          ...(may.override && { o: override }),
        }
      : { escape: () => (opened.wanted() ? close() : false) },
    panel,
  );

  // The row of the open run is marked in the list, which the server made without knowing of it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new list is marked anew
  useEffect(() => {
    const link = opened.id ? rows.ofRun(opened.id)?.querySelector("a") : null;
    link?.setAttribute("aria-current", "true");
    return () => link?.removeAttribute("aria-current");
  }, [opened.id, children]);

  const openClicked = (event: MouseEvent) => {
    const link = (event.target as HTMLElement).closest<HTMLElement>("[data-row] > a");
    const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || !isPlain) return;
    event.preventDefault();
    opened.open(runOf(link.parentElement));
  };

  const latest = marked.at(-1);
  const banner = latest && (
    <UndoBanner key={latest.batch} ref={undo} marked={latest} onUndone={() => setMarked(marked.slice(0, -1))} />
  );
  return (
    <div className={cx("grid gap-4", opened.id && "lg:grid-cols-[minmax(0,1fr)_30rem]")}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the links inside are what is clicked, by keyboard too */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the same */}
      <div ref={list} onClick={openClicked} className="@container grid min-w-0 content-start gap-3">
        {form.shown > 0 && (
          <KeysHelp may={may} isOn={keysAreOn} onSwitch={switchKeys} isOpen={isHelping} onOpen={setHelping} />
        )}
        {!opened.id && banner}
        {may.review ? (
          <ReviewForm form={review} onDone={keep} {...form}>
            {children}
          </ReviewForm>
        ) : (
          children
        )}
      </div>
      {opened.id && (
        <RunPanel
          id={opened.id}
          panel={panel}
          version={children}
          may={may}
          timeZone={timeZone}
          banner={banner}
          onClose={close}
          onStep={step}
          onReviewed={afterOpen}
        />
      )}
    </div>
  );
}

const isInRow = (target: HTMLElement): boolean => target.closest("[data-row]") !== null;
