import { RolesOfUser } from "@/components/insight/roles-of-user";
import { UserState } from "@/components/insight/user-state";
import { WhyCard } from "@/components/insight/why-card";
import { Page } from "@/components/page";
import { ButtonLink } from "@/components/ui/button";
import { requirePage } from "@/lib/access/guard";
import { readAsked } from "@/lib/insight/asked";
import { getInsight, whyMay } from "@/lib/insight/queries";
import type { SearchParams } from "@/lib/list";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export default async function UserPage({ params, searchParams }: Props) {
  const access = await requirePage("/settings/users/[id]");
  const { id } = await params;
  const asked = readAsked(await searchParams);
  const [user, answered] = await Promise.all([
    getInsight(id),
    asked.right ? whyMay(id, asked.right, asked.element) : null,
  ]);
  return (
    <Page
      access={access}
      title={user.username}
      description={user.name}
      actions={
        <ButtonLink href={`/settings/users?q=${encodeURIComponent(user.username)}`}>Show in the list</ButtonLink>
      }
    >
      <div className="grid gap-4 lg:grid-cols-2 lg:items-start">
        <UserState user={user} timeZone={access.account.timeZone} />
        <WhyCard user={user} asked={asked} answered={answered} />
      </div>
      <RolesOfUser user={user} />
    </Page>
  );
}
