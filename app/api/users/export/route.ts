import { download, personDoor } from "@/lib/door";
import { readListQuery } from "@/lib/list";
import { listRoleChoices } from "@/lib/roles/queries";
import { usersCsv } from "@/lib/users/csv";
import { exportUsers, userFilters, userSorts } from "@/lib/users/queries";

/** The whole list as it is filtered in the address, or the users named in `id` (several). */
export const GET = personDoor("users.manage", "user.export", async (_access, request) => {
  const { searchParams } = new URL(request.url);
  const query = readListQuery(Object.fromEntries(searchParams), userSorts, userFilters);
  const [rows, roles] = await Promise.all([exportUsers(query, searchParams.getAll("id")), listRoleChoices()]);
  const csv = usersCsv(rows, new Map(roles.map(({ id, name }) => [id, name])));
  return download(csv, "users.csv", "text/csv; charset=utf-8");
});
