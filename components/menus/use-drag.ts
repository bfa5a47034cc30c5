"use client";
import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useRef, useState } from "react";
import { type Drop, type Items, idOf, placeOf } from "@/lib/menus/moving";
import { isGroup } from "@/lib/menus/types";

type Dragging = { id: string; drop: Drop | null };
const FIRST_STEP = 5;
const EDGE = 80;

/**
 * Dragging rows with mouse, pen or finger (with a finger by the handle, so that the page still scrolls).
 * Rows carry `data-id`, handles `data-handle`. @param list the element around the rows.
 */
export function useDrag(list: RefObject<HTMLElement | null>, items: Items, onDrop: (id: string, drop: Drop) => void) {
  const [dragging, setDragging] = useState<Dragging | null>(null);
  const stop = useRef<() => void>(() => {});
  useEffect(() => () => stop.current(), []);

  const start = (down: ReactPointerEvent, id: string) => {
    if (down.button !== 0 || (down.pointerType !== "mouse" && !(down.target as Element).closest("[data-handle]")))
      return;
    let drop: Drop | null = null;
    let isMoving = false;
    const move = (event: PointerEvent) => {
      isMoving ||= Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > FIRST_STEP;
      if (!isMoving) return;
      if (event.clientY < EDGE) window.scrollBy(0, -12);
      if (event.clientY > window.innerHeight - EDGE) window.scrollBy(0, 12);
      drop = list.current && dropAt(list.current, items, id, event.clientY);
      setDragging({ id, drop });
    };
    const end = (event: Event) => {
      stop.current();
      if (event.type === "pointerup" && isMoving && drop) onDrop(id, drop);
    };
    const cancel = (event: KeyboardEvent) => event.key === "Escape" && stop.current();
    stop.current = () => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", end);
      window.removeEventListener("pointercancel", end);
      window.removeEventListener("keydown", cancel);
      setDragging(null);
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", end);
    window.addEventListener("pointercancel", end);
    window.addEventListener("keydown", cancel);
  };

  return { dragging, start };
}

/** @returns where the row would go if it were let go at this height of the window. */
function dropAt(list: HTMLElement, items: Items, id: string, y: number): Drop | null {
  const rows = [...list.querySelectorAll<HTMLElement>("[data-id]")];
  const row = rows.find((one) => y < one.getBoundingClientRect().bottom);
  const last = items.at(-1);
  if (!row) return last && idOf(last) !== id ? { id: idOf(last), place: "after" } : null;
  const target = placeOf(items, row.dataset.id ?? "");
  const moving = placeOf(items, id);
  if (!target || !moving || target.item === moving.item) return null;
  const { top, height } = row.getBoundingClientRect();
  const depth = (y - top) / height;
  if (isGroup(moving.item) && target.group)
    return target.group === moving.item ? null : { id: idOf(target.group), place: "after" };
  if (!isGroup(moving.item) && isGroup(target.item) && depth > 0.3) return { id: idOf(target.item), place: "inside" };
  return { id: idOf(target.item), place: depth < 0.5 ? "before" : "after" };
}
