import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { type Access, can } from "@/lib/access/can";
import type { Right } from "@/lib/access/registry";

const steps: { right: Right; href: string; label: string }[] = [
  { right: "inbox.process", href: "/inbox", label: "Upload mails" },
  { right: "tokens.manage", href: "/settings/mail", label: "Make an intake key" },
  { right: "users.manage", href: "/settings/users", label: "Add people" },
];

/** Stands where the figures would while no run has come for a week: what the role may do about it. */
export function FirstSteps({ access }: { access: Access }) {
  const mine = steps.filter(({ right }) => can(access, right));
  return (
    <EmptyState
      title="No run came in the last seven days."
      action={mine.map(({ href, label }, index) => (
        <ButtonLink key={href} href={href} variant={index === 0 ? "primary" : "secondary"}>
          {label}
        </ButtonLink>
      ))}
    >
      {mine.length > 0
        ? "Backup software reports by mail. Bring in its mails by upload or with a key, approve them to customers and jobs, and last night stands here."
        : "As soon as the desk receives results of backups, last night stands here."}
    </EmptyState>
  );
}
