import { RefreshWhileWaiting } from "@/components/mails/refresh-while-waiting";
import { Page } from "@/components/page";
import { ChangeTable } from "@/components/reparses/change-table";
import { DecideReparse } from "@/components/reparses/decide-reparse";
import { requirePage } from "@/lib/access/guard";
import { formatMoment } from "@/lib/format";
import { getReparse } from "@/lib/reparses/queries";
import { choiceInWords, stateLabels } from "@/lib/reparses/types";

export default async function ReparsePage({ params }: { params: Promise<{ id: string }> }) {
  const access = await requirePage("/settings/parsers/reparses/[id]");
  const reparse = await getReparse((await params).id);
  const { timeZone } = access.account;
  const { state, done, applied, changes, changeCount } = reparse;
  const isMoving = state === "reading" || state === "applying";
  return (
    <Page
      access={access}
      title="Mails read once more"
      description={`${choiceInWords(reparse.choice)}. Started by ${reparse.startedBy}, ${formatMoment(reparse.startedAt, timeZone)}. ${stateLabels[state]}.`}
    >
      <RefreshWhileWaiting waiting={isMoving ? `${state} ${done} ${applied}` : ""} />
      <DecideReparse reparse={reparse} />
      {changes.length > 0 && <ChangeTable changes={changes} total={changeCount} timeZone={timeZone} />}
    </Page>
  );
}
