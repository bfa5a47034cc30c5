import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";

const proxmoxBody = `{
  "title": "{{ escape title }}",
  "message": "{{ escape message }}",
  "severity": "{{ severity }}",
  "timestamp": {{ timestamp }},
  "fields": {{ json fields }}
}`;

/** How machines deliver with a key, each to be copied. @param address the address below which they do. */
export function Examples({ address }: { address: string }) {
  return (
    <div className="grid gap-6">
      <Example
        title="A mail server or a script"
        label="Copy the command"
        text={`curl --data-binary @message.eml -H "Authorization: Bearer YOUR_KEY" -H "Content-Type: message/rfc822" ${address}/mail`}
      >
        Send each message as it is (RFC 822, up to 25 MB) as the body of a POST. The answer is 202 with the mail's id;
        the same message twice is one mail.
      </Example>
      <Example
        title="Proxmox VE and Proxmox Backup Server"
        label="Copy the address for Proxmox"
        text={`${address}/proxmox`}
      >
        Add a notification target of the kind Webhook with the method POST, this address, the header{" "}
        <code>Content-Type</code> with <code>application/json</code>, the header <code>Authorization</code> with{" "}
        <code>Bearer YOUR_KEY</code>, and the body below.
      </Example>
      <Example title="The body for Proxmox" label="Copy the body for Proxmox" text={proxmoxBody} />
      <Example
        title="Duplicati"
        label="Copy the option for Duplicati"
        text={`--send-http-url=${address}/duplicati?key=YOUR_KEY`}
      >
        An option of the backup. Duplicati sends no headers, so the key stands in the address: use one that nothing else
        uses.
      </Example>
    </div>
  );
}

function Example({
  title,
  label,
  text,
  children,
}: {
  title: string;
  label: string;
  text: string;
  children?: ReactNode;
}) {
  return (
    <div className="grid min-w-0 gap-2">
      <h3 className="text-base">{title}</h3>
      {children && <p>{children}</p>}
      <div className="flex flex-wrap items-start gap-2">
        <pre className="min-w-0 flex-1 whitespace-pre-wrap rounded-md bg-sunken px-2.5 py-1.5 text-sm [overflow-wrap:anywhere]">
          {text}
        </pre>
        <CopyButton text={text} label={label} />
      </div>
    </div>
  );
}
