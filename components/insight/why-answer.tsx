import { CircleCheck, CircleX } from "lucide-react";
import { cx } from "@/components/ui/cx";
import type { Answered } from "@/lib/insight/queries";

/** What decides, role by role. */
export function WhyAnswer({ answered: { answer }, isDisabled }: { answered: Answered; isDisabled: boolean }) {
  if (!answer) return <p>This does not exist, or your own role does not cover it.</p>;
  const { allowed, headline, verdicts, elsewhere } = answer;
  return (
    <div className="grid gap-2">
      <p className="flex items-start gap-2 font-semibold">
        <Sign allowed={allowed} />
        {headline}
      </p>
      {isDisabled && <p>The user is disabled: nothing opens until they are enabled.</p>}
      <ul className="grid gap-2">
        {verdicts.map(({ role, sentences }) => (
          <li key={role} className="border-line border-l-2 pl-3">
            {sentences.map((sentence) => (
              <p key={sentence} className="break-words">
                {sentence}
              </p>
            ))}
          </li>
        ))}
      </ul>
      <p className="text-muted">{elsewhere}</p>
    </div>
  );
}

function Sign({ allowed }: { allowed: boolean }) {
  const Icon = allowed ? CircleCheck : CircleX;
  return <Icon aria-hidden className={cx("mt-0.5 size-4.5 shrink-0", allowed ? "text-success" : "text-danger")} />;
}
