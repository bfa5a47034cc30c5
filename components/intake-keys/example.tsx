import { CopyButton } from "@/components/ui/copy-button";

/** How a machine delivers a message, to be copied. */
export function Example({ address }: { address: string }) {
  const command = `curl --data-binary @message.eml -H "Authorization: Bearer YOUR_KEY" -H "Content-Type: message/rfc822" ${address}`;
  return (
    <div className="grid gap-2">
      <p>
        Send each message as it is (RFC 822, up to 25 MB) as the body of a POST to{" "}
        <code className="break-all">{address}</code>. The answer is 202 with the mail's id; the same message twice is
        one mail.
      </p>
      <div className="flex flex-wrap items-start gap-2">
        <pre className="min-w-0 flex-1 whitespace-pre-wrap rounded-md bg-sunken px-2.5 py-1.5 text-sm [overflow-wrap:anywhere]">
          {command}
        </pre>
        <CopyButton text={command} label="Copy the command" />
      </div>
    </div>
  );
}
