import type { ReactNode } from "react";
import { Explained } from "@/components/ui/explained";
import type { Evidence } from "@/lib/mail/parse/types";

type Props = { field: string; evidence: readonly Evidence[]; children: ReactNode };

/** A field of a result with the words of the mail that say so; plain where the mail does not say it in words. */
export function Said({ field, evidence, children }: Props) {
  const texts = evidence.filter((entry) => entry.field === field).map(({ text }) => text);
  if (texts.length === 0) return children;
  return (
    <Explained
      because={
        <>
          <span className="block text-muted text-xs">The mail says</span>
          {texts.map((text) => (
            <q key={text} className="block">
              {text}
            </q>
          ))}
        </>
      }
    >
      {children}
    </Explained>
  );
}
