import { Card } from "@/components/ui/card";
import { getReading } from "@/lib/mails/readings";
import { MarkedText } from "./marked-text";

/** The text of a mail, with the words marked that decided something. */
export async function ReadingCard({ id }: { id: string }) {
  const reading = await getReading(id);
  if (!reading || reading.evidence.length === 0) return null;
  return (
    <Card title="What the mail says">
      <p className="mb-2 text-muted text-sm">Marked words decided something; point at one to see what.</p>
      <section
        aria-label="Text of the mail"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
        tabIndex={0}
        className="max-h-128 overflow-auto contain-inline-size"
      >
        <pre className="whitespace-pre-wrap font-mono text-sm [overflow-wrap:anywhere]">
          <MarkedText {...reading} />
        </pre>
      </section>
    </Card>
  );
}
