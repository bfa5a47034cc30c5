"use client";
import { useEffect, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { control } from "@/components/ui/control";
import { cx } from "@/components/ui/cx";
import { EVERYTHING, NOTHING } from "@/lib/access/marks";
import type { AggregateRight, aggregates } from "@/lib/access/registry";
import { formatCount } from "@/lib/format";
import { MATCHES_MAXIMUM } from "@/lib/roles/draft";
import { withElements } from "@/lib/roles/marking";
import { useRoleDraft } from "./draft-context";
import { askMatching } from "./use-elements";

type Props = {
  right: AggregateRight;
  words: (typeof aggregates)[number]["aggregate"];
  /** What the list shows now; follows what is typed after a moment. */
  search: string;
  onSearch: (search: string) => void;
  /** How many it found; null while it is looking, or when nothing is searched. */
  count: number | null;
  isWholeGrantable: boolean;
};

const PAUSE_MS = 200;

/** Finds elements by name, and chooses or clears all that were found at once. */
export function ElementSearch({ right, words, search, onSearch, count, isWholeGrantable }: Props) {
  const { trees, setTree } = useRoleDraft();
  const [text, setText] = useState("");
  const [problem, setProblem] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => onSearch(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, onSearch]);

  const choose = async (included: boolean) => {
    setProblem("");
    if (!search && !included) return setTree(right, NOTHING);
    if (!search && isWholeGrantable) return setTree(right, EVERYTHING);
    try {
      const found = await askMatching({ right, type: null, search });
      if (found.length > MATCHES_MAXIMUM)
        setProblem(`More than ${formatCount(MATCHES_MAXIMUM, "match", "matches")}: search for less, or choose types.`);
      else setTree(right, withElements(trees[right] ?? NOTHING, found, included), found);
    } catch (sentence) {
      setProblem(String(sentence));
    }
  };

  return (
    <div className="grid gap-2">
      <input
        type="search"
        aria-label={`Search ${words.elements}`}
        placeholder={`Search ${words.elements}`}
        value={text}
        onChange={(event) => setText(event.target.value)}
        autoComplete="off"
        className={cx(control, "min-h-9 w-full px-2.5 py-1")}
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button size="sm" disabled={count === 0} onClick={() => choose(true)}>
          Select all shown
        </Button>
        <Button size="sm" disabled={count === 0} onClick={() => choose(false)}>
          Clear all shown
        </Button>
        <p role="status" className="text-muted text-sm">
          {count === 0 && `No ${words.elements} match "${search}".`}
          {count !== null && count > 0 && `${count > 10_000 ? "10,000+" : count.toLocaleString("en")} found`}
        </p>
      </div>
      {problem && <Alert tone="danger">{problem}</Alert>}
    </div>
  );
}
