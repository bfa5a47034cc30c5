"use client";
import { useEffect, useRef, useSyncExternalStore } from "react";

/** By key in small letters, e.g. "j", "enter", "?"; answers false when the key means something else at this place. */
export type Keys = Record<string, (target: HTMLElement) => unknown>;

const MOVING = new Set(["j", "k", "arrowdown", "arrowup"]);
const STORED = "run-checks-keys";

/** Single keys that do something, but never while somebody types, or while a dialog asks for attention. @param own a dialog in which they hold. */
export function useKeys(keys: Keys, own: { current: HTMLElement | null }): void {
  const latest = useRef({ keys, own });

  useEffect(() => {
    latest.current = { keys, own };
  });

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(target)) return;
      const modal = document.querySelector("dialog:modal");
      if (modal && modal !== latest.current.own.current) return;
      const key = event.key.toLowerCase();
      // Whoever holds a key down goes through the list, and marks nothing that was never looked at.
      if (event.repeat && !MOVING.has(key)) return;
      const act = latest.current.keys[key];
      if (act && act(target) !== false) event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}

const isTyping = (target: HTMLElement): boolean =>
  target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select");

/** Whether single keys do something in this browser: who speaks to the computer may switch them off. */
export function useKeysSetting(): [boolean, (on: boolean) => void] {
  const isOn = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(STORED) !== "off",
    () => true,
  );
  const set = (on: boolean) => {
    localStorage.setItem(STORED, on ? "on" : "off");
    window.dispatchEvent(new Event(STORED));
  };
  return [isOn, set];
}

function subscribe(changed: () => void): () => void {
  window.addEventListener(STORED, changed);
  window.addEventListener("storage", changed);
  return () => {
    window.removeEventListener(STORED, changed);
    window.removeEventListener("storage", changed);
  };
}
