import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";

export default function Unauthorized() {
  return (
    <main id="content" className="mx-auto grid max-w-2xl gap-4 p-6">
      <title>You are signed out</title>
      <PageHeader title="You are signed out" />
      <EmptyState
        title="Nothing was changed. Sign in and try again."
        action={<ButtonLink href="/login">Sign in</ButtonLink>}
      />
    </main>
  );
}
