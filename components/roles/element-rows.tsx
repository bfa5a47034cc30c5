"use client";
import { memo, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/field";
import { covers, type Tree } from "@/lib/access/marks";
import type { NamedElement } from "@/lib/roles/wording";
import { type ElementsOf, useElements } from "./use-elements";

type Props = {
  of: ElementsOf;
  tree: Tree;
  onToggle: (element: NamedElement) => void;
  /** Names the type beside each element, where several are in one list. */
  typeName?: (type: string) => string;
  onCount?: (count: number | null) => void;
};

/** The elements of a type or of a search, loaded as one looks. */
export function ElementRows({ of, tree, onToggle, typeName, onCount }: Props) {
  const { elements, next, count, isLoading, problem, more } = useElements(of);
  useEffect(() => onCount?.(isLoading ? null : count), [onCount, isLoading, count]);

  return (
    <div className="grid gap-1">
      <ul
        aria-busy={isLoading}
        onChange={({ target }) => {
          const element = elements.find(({ id }) => id === (target as unknown as HTMLInputElement).value);
          if (element) onToggle(element);
        }}
      >
        {elements.map((element) => (
          <ElementRow
            key={element.id}
            id={element.id}
            name={element.name}
            detail={[element.detail, typeName?.(element.type)].filter(Boolean).join(" · ")}
            isChecked={covers(tree, element)}
          />
        ))}
      </ul>
      {problem && <p className="text-danger">{problem}</p>}
      {isLoading && <p className="text-muted text-sm">Loading</p>}
      {!isLoading && (next || problem) && <ShowMore onShow={more} isTired={problem !== ""} />}
    </div>
  );
}

type RowProps = { id: string; name: string; detail: string; isChecked: boolean };

/** Rows out of sight are not laid out: thousands of them scroll like ten. What stands over their edge is cut off. */
const ElementRow = memo(function ElementRow({ id, name, detail, isChecked }: RowProps) {
  return (
    <li className="-mx-1 px-1 py-0.5 [contain-intrinsic-size:auto_2.75rem] [content-visibility:auto]">
      <Checkbox label={name} value={id} checked={isChecked} readOnly aria-describedby={`${id}-detail`} />
      <p id={`${id}-detail`} className="ml-6 min-w-0 break-words text-muted text-sm">
        {detail}
      </p>
    </li>
  );
});

/** Loads by itself when one has scrolled to it; a button for whom it does not. */
function ShowMore({ onShow, isTired }: { onShow: () => void; isTired: boolean }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!button.current || isTired) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && onShow());
    observer.observe(button.current);
    return () => observer.disconnect();
  }, [onShow, isTired]);

  return (
    <Button ref={button} size="sm" className="justify-self-start" onClick={onShow}>
      {isTired ? "Try again" : "Show more"}
    </Button>
  );
}
