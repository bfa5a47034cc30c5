import Link from "next/link";
import type { JobRow } from "@/lib/jobs/queries";
import type { ListPage } from "@/lib/list";
import { JobTable } from "./job-table";

type Props = { customerId: string; page: ListPage<JobRow>; timeZone: string };

/** The first jobs of a customer, and the way to all of them. */
export function JobsOfCustomer({ customerId, page, timeZone }: Props) {
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h2 className="text-lg">Jobs</h2>
        <Link href={`/jobs?${new URLSearchParams({ customer: customerId, state: "all" })}`} prefetch={false}>
          {page.next ? "All jobs of this customer" : "Search, sort, and archived ones"}
        </Link>
      </div>
      {page.rows.length === 0 ? (
        <p className="text-muted">No job in use. One is made when its first mail is approved in the Inbox.</p>
      ) : (
        <JobTable rows={page.rows} timeZone={timeZone} hideCustomer />
      )}
    </div>
  );
}
