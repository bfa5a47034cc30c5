import { ConfirmButton } from "@/components/form/confirm-button";
import { type Access, can } from "@/lib/access/can";
import { formatTyped } from "@/lib/format";
import { deleteOverride, endOverride } from "@/lib/overrides/actions";
import type { Draft } from "@/lib/overrides/draft";
import type { OverrideRow } from "@/lib/overrides/queries";
import { stateOf } from "@/lib/overrides/rules";
import { aboutWhat } from "@/lib/overrides/words";
import { EditOverride } from "./override-dialogs";
import type { Choices } from "./override-form";

type Props = { access: Access; row: OverrideRow; choices: Choices | null; now: Date };

/** What may be done with an override: nothing when it reaches further than the role. */
export function OverrideButtons({ access, row, choices, now }: Props) {
  if (!row.changeable) return null;
  const what = aboutWhat(row, row);
  const { timeZone } = access.account;
  return (
    <div className="flex flex-wrap gap-1.5 xl:flex-nowrap xl:whitespace-nowrap">
      {choices && (
        <EditOverride
          id={row.id}
          version={row.version}
          what={what}
          draft={draftOf(row, timeZone)}
          choices={choices}
          timeZone={timeZone}
        />
      )}
      {choices && stateOf(row, now) !== "ended" && (
        <ConfirmButton
          action={endOverride}
          hidden={{ id: row.id }}
          label="End now"
          aria-label={`End now: ${what}`}
          size="sm"
          question="End this override now?"
          confirmLabel="End now"
        >
          Runs from now on count as what they are. Those before keep counting as successes.
        </ConfirmButton>
      )}
      {can(access, "overrides.delete") && (
        <ConfirmButton
          action={deleteOverride}
          hidden={{ id: row.id }}
          label="Delete"
          aria-label={`Delete: ${what}`}
          size="sm"
          question="Delete this override?"
          confirmLabel="Delete"
        >
          Every run that it treats as a success, also past ones, counts as what it is again. To keep them, end it
          instead.
        </ConfirmButton>
      )}
    </div>
  );
}

const draftOf = (row: OverrideRow, timeZone: string): Draft => ({
  scope: row.scope,
  software: row.software ?? "",
  customer: row.customerId ? { id: row.customerId, label: row.customer ?? "" } : null,
  job: row.jobId ? { id: row.jobId, label: `${row.customer}: ${row.job}` } : null,
  object: row.objectName ?? "",
  statuses: row.statuses,
  match: row.match,
  matchText: row.matchText,
  starts: formatTyped(row.startsAt, timeZone),
  ends: row.endsAt ? formatTyped(row.endsAt, timeZone) : "",
  reason: row.reason,
});
