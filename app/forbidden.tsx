import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";

/** For requests that were not sent by a page of ours; pages have their own below `(app)`. */
export default function Forbidden() {
  return (
    <main id="content" className="mx-auto grid max-w-2xl gap-4 p-6">
      <title>You can't open this page</title>
      <PageHeader title="You can't open this page" />
      <EmptyState title="This request was refused." />
    </main>
  );
}
