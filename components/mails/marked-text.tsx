import type { Evidence } from "@/lib/mail/parse/types";
import { fieldLabel, markedPieces } from "@/lib/mails/marks";

/** The text of a mail in which the words are marked that decided something; `#said-status` leads to those of the status. */
export function MarkedText({ text, evidence }: { text: string; evidence: readonly Evidence[] }) {
  return markedPieces(text, evidence).map(({ text: piece, fields }, index) =>
    fields.length === 0 ? (
      piece
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text never change their order
      <mark key={index} title={fields.map(fieldLabel).join(", ")} className="rounded bg-warning-soft text-ink">
        {fields.map((field) => (
          <span key={field} id={`said-${field}`} className="scroll-mt-24" />
        ))}
        {piece}
      </mark>
    ),
  );
}
