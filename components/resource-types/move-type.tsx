"use client";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { moveType } from "@/lib/resource-types/actions";

type Props = { id: string; name: string; isFirst: boolean; isLast: boolean };
type Way = "up" | "down";

/** One place up or down: by its buttons, or with Alt and an arrow key on one of them. */
export function MoveType({ id, name, isFirst, isLast }: Props) {
  const root = useRef<HTMLDivElement>(null);
  const refocus = useRefocus(root);
  const press = (event: KeyboardEvent) => {
    const way = event.altKey && { ArrowUp: "up", ArrowDown: "down" }[event.key];
    if (!way) return;
    event.preventDefault();
    buttonOf(root.current, way as Way)?.click();
  };
  const button = (way: Way, isEnd: boolean) => (
    <ActionForm action={moveType} hidden={{ id, to: way }} onDone={() => refocus(way)}>
      <SubmitButton
        data-way={way}
        size="sm"
        variant="secondary"
        disabled={isEnd}
        aria-label={`Move ${name} ${way}`}
        aria-keyshortcuts={way === "up" ? "Alt+ArrowUp" : "Alt+ArrowDown"}
        icon={way === "up" ? <ArrowUp aria-hidden /> : <ArrowDown aria-hidden />}
      />
    </ActionForm>
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons inside
    <div ref={root} onKeyDown={press} className="flex gap-1">
      {button("up", isFirst)}
      {button("down", isLast)}
    </div>
  );
}

const buttonOf = (root: HTMLElement | null, way: Way) =>
  root?.querySelector<HTMLButtonElement>(`[data-way=${way}]:enabled`);

/** A row that moves in the list loses the focus, and the button at the end of the way is disabled: the other one gets it. */
function useRefocus(root: React.RefObject<HTMLDivElement | null>) {
  const wanted = useRef<Way | null>(null);
  useEffect(() => {
    if (!wanted.current) return;
    const way = wanted.current;
    const other = way === "up" ? "down" : "up";
    const button = buttonOf(root.current, way) ?? buttonOf(root.current, other);
    if (document.activeElement === document.body || root.current?.contains(document.activeElement)) button?.focus();
    wanted.current = null;
  });
  return (way: Way) => {
    wanted.current = way;
  };
}
