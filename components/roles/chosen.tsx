"use client";
import { Fragment, useState } from "react";
import { type Part, partStart, type Wording } from "@/lib/roles/wording";

const NAMES_SHOWN = 5;
const MORE = 200;

/** What an aggregate right is given for: "(all)", "(none)", or the choice spelled out by type. */
export function Chosen({ wording: { whole, parts, allOthers } }: { wording: Wording }) {
  if (whole) return <span className="text-muted">(all)</span>;
  if (parts.length === 0) return <span className="text-muted">(none)</span>;
  return (
    <span className="block pl-3 text-sm">
      {parts.map((part, at) => (
        <Fragment key={part.type}>
          {at > 0 && "; "}
          <Names part={part} />
        </Fragment>
      ))}
      {allOthers && "; everything else: all"}
    </span>
  );
}

function Names({ part }: { part: Part }) {
  const [shown, setShown] = useState(NAMES_SHOWN);
  const more = part.names.length - shown;
  return (
    <>
      {part.type}: {partStart(part)}
      {part.names.slice(0, shown).join(", ")}
      {more > 0 && ", "}
      {more > 0 && (
        <button
          type="button"
          aria-label={`and ${more.toLocaleString("en")} more of ${part.type}`}
          onClick={() => setShown(shown + MORE)}
          className="text-accent underline pointer-coarse:min-h-11"
        >
          and {more.toLocaleString("en")} more
        </button>
      )}
    </>
  );
}
