"use client";
import { Keyboard } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Checkbox } from "@/components/ui/field";
import type { May } from "./may";

type Props = {
  may: May;
  isOn: boolean;
  onSwitch: (on: boolean) => void;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
};
type Hint = { keys: string[]; does: string; short?: string };

const hintsFor = ({ review, ticket, override }: May): Hint[] => [
  { keys: ["j", "k"], does: "Next and previous run; the arrow keys do the same in the list", short: "next, previous" },
  { keys: ["Enter"], does: "Open the run beside the list", short: "open" },
  ...(review
    ? [
        { keys: ["x"], does: "Select the run, or take it out of the selection", short: "select" },
        {
          keys: ["e"],
          does: "Mark the open run reviewed, else the selected ones, else the one with the focus",
          short: "reviewed",
        },
        { keys: ["u"], does: "Undo what was just marked", short: "undo" },
      ]
    : []),
  ...(ticket ? [{ keys: ["t"], does: "Create a ticket from the run", short: "ticket" }] : []),
  ...(override ? [{ keys: ["o"], does: "Treat the run as success", short: "success" }] : []),
  { keys: ["Esc"], does: "Close the open run" },
  { keys: ["?"], does: "Show this list", short: "help" },
];

/** Which keys there are: a line where there is a keyboard, and all of them in a dialog. */
export function KeysHelp({ may, isOn, onSwitch, isOpen, onOpen }: Props) {
  const hints = hintsFor(may);
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted text-sm pointer-coarse:hidden max-md:hidden">
        {isOn && (
          <ul aria-label="Keys" className="flex flex-wrap gap-x-3 gap-y-1">
            {hints.map(
              ({ keys, short }) =>
                short && <li key={short}>{[keys.map((key) => <Key key={key} name={key} />), short]}</li>,
            )}
          </ul>
        )}
        <Button size="sm" variant="ghost" icon={<Keyboard aria-hidden />} onClick={() => onOpen(true)}>
          {isOn ? "All keys" : "Keys are off"}
        </Button>
      </div>
      <Dialog open={isOpen} onClose={() => onOpen(false)} title="Keys">
        <div className="grid gap-4">
          <Checkbox
            label="Use these keys"
            hint="Kept in this browser."
            checked={isOn}
            onChange={({ currentTarget }) => onSwitch(currentTarget.checked)}
          />
          <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-2">
            {hints.map(({ keys, does }) => (
              <div key={does} className="contents">
                <dt>
                  {keys.map((key) => (
                    <Key key={key} name={key} />
                  ))}
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </div>
      </Dialog>
    </>
  );
}

function Key({ name }: { name: string }) {
  return (
    <kbd className="mr-1 inline-block min-w-6 rounded border border-edge bg-surface px-1 text-center font-mono text-ink text-xs leading-5">
      {name}
    </kbd>
  );
}
