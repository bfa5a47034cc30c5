"use client";
import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from "react";
import {
  type Direction,
  type Drop,
  dropped,
  groupFor,
  type Items,
  idOf,
  moved,
  named,
  placeOf,
  readingOrder,
  replaced,
  turned,
  without,
} from "@/lib/menus/moving";
import { isGroup, labelOf } from "@/lib/menus/types";

type Options = { items: Items; onChange: (items: Items) => void; list: RefObject<HTMLElement | null> };

const directions: Record<string, Direction> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "out",
  ArrowRight: "into",
};

/** What can be done in the tree of a menu, by keys, buttons and drag; what happened is said in `said`. */
export function useTree({ items, onChange, list }: Options) {
  const [chosen, setChosen] = useState("");
  const [said, setSaid] = useState("");
  const [renaming, setRenaming] = useState(false);
  /** While an item is picked up: the menu as it was before. */
  const [before, setBefore] = useState<Items | null>(null);
  const wantsFocus = useRef(false);
  const rows = readingOrder(items);
  const selected = placeOf(items, chosen) ? chosen : rows[0] ? idOf(rows[0]) : "";
  const place = placeOf(items, selected);
  const label = place ? labelOf(place.item) : "";

  // A row that moved is another place in the document, and the browser's focus does not follow it there.
  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    list.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(selected)}"]`)?.focus();
  });

  const change = (next: Items, id: string, sentence: string) => {
    onChange(next);
    setChosen(id);
    setSaid(sentence);
  };
  const move = (direction: Direction) => {
    const next = moved(items, selected, direction);
    if (next === items) setSaid(`${label} cannot move ${direction === "into" ? "into a group" : direction}.`);
    else change(next, selected, `${label}: ${whereabouts(next, selected)}.`);
  };
  const drop = (id: string, to: Drop) => {
    const next = dropped(items, id, to);
    const item = placeOf(next, id)?.item;
    if (next !== items && item) change(next, id, `${labelOf(item)}: ${whereabouts(next, id)}.`);
  };
  const add = (item: Items[number]) =>
    change([...items, item], idOf(item), `${labelOf(item)} was added at the end. It is selected.`);
  const remove = () => {
    const at = rows.findIndex((row) => idOf(row) === selected);
    const neighbour = rows[at + 1] ?? rows[at - 1];
    const isFull = place && isGroup(place.item) && place.item.items.length > 0;
    const sentence = isFull ? `The group ${label} was removed, its links stay.` : `${label} was removed.`;
    change(without(items, selected), neighbour ? idOf(neighbour) : "", sentence);
  };
  const turn = () => {
    if (!place) return;
    change(
      replaced(items, selected, turned(place.item)),
      selected,
      `${label} is ${place.item.hidden ? "shown" : "hidden"}.`,
    );
  };
  const rename = (name: string) => {
    if (!place) return;
    // A group is known by its name: its row is a new one.
    wantsFocus.current = true;
    const next = named(place.item, name);
    change(replaced(items, selected, next), idOf(next), `${label} is called ${labelOf(next)} now.`);
  };
  const pickUp = () => {
    setBefore(before ? null : items);
    setSaid(before ? `${label} was put down: ${whereabouts(items, selected)}.` : `${label} is picked up. ${GRABBED}`);
  };
  const putBack = () => {
    if (before) change(before, selected, `${label} is back where it was.`);
    setBefore(null);
  };
  const select = (at: number) => {
    const row = rows[Math.min(Math.max(at, 0), rows.length - 1)];
    if (row) setChosen(idOf(row));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey) return;
    const direction = directions[event.key];
    const at = rows.findIndex((row) => idOf(row) === selected);
    if (direction && (event.altKey || before)) move(direction);
    else if (event.key === "ArrowUp") select(at - 1);
    else if (event.key === "ArrowDown") select(at + 1);
    else if (event.key === "Home") select(0);
    else if (event.key === "End") select(rows.length - 1);
    else if (event.key === " " || event.key === "Enter") pickUp();
    else if (event.key === "Escape" && before) putBack();
    else if (event.key === "Delete") remove();
    else if (event.key === "F2") setRenaming(true);
    else return;
    event.preventDefault();
    wantsFocus.current = true;
  };

  return {
    rows,
    selected,
    place,
    said,
    group: groupFor(items, selected),
    isPickedUp: before !== null,
    renaming,
    setRenaming,
    setChosen,
    onBlur: () => setBefore(null),
    onKeyDown,
    move,
    drop,
    add,
    remove,
    turn,
    rename,
  };
}

export type Tree = ReturnType<typeof useTree>;

const GRABBED = "Arrow keys move it, Space puts it down, Escape puts it back.";

/** @returns where an item stands, in words: "2 of 9", "1 of 3 in Administration". */
function whereabouts(items: Items, id: string): string {
  const at = placeOf(items, id);
  if (!at) return "";
  return `${at.index + 1} of ${at.count}${at.group ? ` in ${at.group.label}` : ""}`;
}
