import { Page } from "@/components/page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pager } from "@/components/ui/pager";
import { CreateUser } from "@/components/users/create-user";
import { ImportUsers } from "@/components/users/import-users";
import { UserFilters } from "@/components/users/user-filters";
import { UserList } from "@/components/users/user-list";
import { userView } from "@/components/users/user-view";
import { requirePage } from "@/lib/access/guard";
import { formatCount } from "@/lib/format";
import { hrefOf, readListQuery, type SearchParams } from "@/lib/list";
import { listRoleChoices } from "@/lib/roles/queries";
import { listUsers, type UserSort, userFilters, userSorts } from "@/lib/users/queries";

const PATH = "/settings/users";

export default async function UsersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const access = await requirePage("/settings/users");
  const query = readListQuery<UserSort>(await searchParams, userSorts, userFilters);
  const [page, roles] = await Promise.all([listUsers(query), listRoleChoices()]);
  const { timeZone } = access.account;
  const choices = roles.map(({ id, name, grantable }) => ({ id, name, grantable }));
  return (
    <Page
      access={access}
      title="User Management"
      description="Who may sign in, and in which roles."
      actions={
        <>
          <ButtonLink href="#new-user">New user</ButtonLink>
          <ButtonLink href={hrefOf("/api/users/export", query)} download>
            Export all as CSV
          </ButtonLink>
        </>
      }
    >
      <UserFilters query={query} roles={choices} />
      {page.rows.length > 0 ? (
        <UserList
          users={page.rows.map((row) => userView(row, choices, { userId: access.userId, timeZone }))}
          roles={choices}
          timeZone={timeZone}
        />
      ) : (
        <EmptyState title="Nobody matches." action={<ButtonLink href={PATH}>Show all users</ButtonLink>}>
          Clear the search or the filters, or create the user below.
        </EmptyState>
      )}
      <Pager
        previousHref={page.previous && hrefOf(PATH, query, { cursor: page.previous })}
        nextHref={page.next && hrefOf(PATH, query, { cursor: page.next })}
        summary={
          page.count > page.rows.length
            ? `${page.rows.length} of ${formatCount(page.count, "user")}`
            : formatCount(page.count, "user")
        }
      />
      <div id="new-user">
        <CreateUser
          roles={choices}
          passwordHint={`At least ${access.account.passwordMinimumLength} characters; a few words in a row are fine.`}
        />
      </div>
      <ImportUsers />
    </Page>
  );
}
