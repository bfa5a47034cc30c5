import { ConfirmButton } from "@/components/form/confirm-button";
import { CopyButton } from "@/components/ui/copy-button";
import { renewRecipient } from "@/lib/sources/actions";

/** The part of an address that only senders know who were told. */
export function Recipient({ id, name, secret }: { id: string; name: string; secret: string }) {
  return (
    <div className="grid gap-1">
      <p>
        Mails are sent to <code className="break-all">{secret}@…</code> or{" "}
        <code className="break-all">anything+{secret}@…</code>
      </p>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={secret} label={`Copy the secret of ${name}`} />
        <ConfirmButton
          action={renewRecipient}
          hidden={{ id }}
          label="New secret"
          aria-label={`New secret for ${name}`}
          size="sm"
          question={`A new secret for ${name}?`}
          confirmLabel="New secret"
        >
          From this moment on mails to the old address are refused, or not believed. Every machine needs the new one.
        </ConfirmButton>
      </div>
    </div>
  );
}
