"use client";

import { CircleCheck, CircleX, X } from "lucide-react";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";
import { Button } from "./button";

type Tone = "success" | "danger";
type Entry = { id: number; text: string; tone: Tone };
type Show = (text: string, tone?: Tone) => void;

const ToastContext = createContext<Show>(() => {});
let lastId = 0;

/** Returns a function that announces a sentence and shows it for a while. An error must also stand where it belongs. */
export function useToast(): Show {
  return useContext(ToastContext);
}

/** Holds the one live region of the page; wrap the signed-in pages in it. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [entries, setEntries] = useState<Entry[]>([]);
  const show = useCallback<Show>((text, tone = "success") => {
    lastId += 1;
    const entry = { id: lastId, text, tone };
    setEntries((current) => [...current.slice(-2), entry]);
  }, []);
  const dismiss = useCallback((id: number) => setEntries((current) => current.filter((entry) => entry.id !== id)), []);

  return (
    <ToastContext value={show}>
      {children}
      <div
        role="status"
        className="pointer-events-none fixed inset-x-4 bottom-4 z-50 grid justify-items-end gap-2 max-sm:justify-items-stretch print:hidden"
      >
        {entries.map((entry) => (
          <Toast key={entry.id} entry={entry} onDismiss={dismiss} />
        ))}
      </div>
    </ToastContext>
  );
}

function Toast({ entry, onDismiss }: { entry: Entry; onDismiss: (id: number) => void }) {
  const [held, setHeld] = useState(false);
  const Icon = entry.tone === "success" ? CircleCheck : CircleX;

  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => onDismiss(entry.id), 7000);
    return () => clearTimeout(timer);
  }, [held, entry.id, onDismiss]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: reading or reaching for it only keeps it from going away
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex max-w-md items-center gap-2 rounded-md border border-line bg-surface py-1.5 pr-1.5 pl-3 shadow-raised"
    >
      <Icon aria-hidden className={entry.tone === "success" ? "size-4.5 text-success" : "size-4.5 text-danger"} />
      <span className="min-w-0 flex-1">{entry.text}</span>
      <Button
        variant="ghost"
        size="sm"
        aria-label="Dismiss"
        icon={<X aria-hidden />}
        onClick={() => onDismiss(entry.id)}
      />
    </div>
  );
}
