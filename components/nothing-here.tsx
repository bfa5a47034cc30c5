import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";

/** Status 404: also for what the role does not cover, which for it does not exist. */
export function NothingHere() {
  return (
    <>
      <title>There is nothing here</title>
      <PageHeader title="There is nothing here" />
      <EmptyState
        title="This page does not exist, or not any more."
        action={<ButtonLink href="/dashboard">To the dashboard</ButtonLink>}
      />
    </>
  );
}
