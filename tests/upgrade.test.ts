import { readdirSync, readFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { expect, test } from "vitest";

const migrations = readdirSync("drizzle")
  .filter((name) => name.endsWith(".sql"))
  .sort();
const run = async (client: PGlite, names: readonly string[]) => {
  for (const name of names) await client.exec(readFileSync(`drizzle/${name}`, "utf8"));
};

test("an account from before there were scopes: roles cover what they covered, reports count what they counted", async () => {
  const client = new PGlite({ extensions: { pg_trgm } });
  const before = migrations.filter((name) => name < "0005");
  await run(client, before);
  await client.exec(`
    insert into settings (id) values (1);
    insert into roles (id, built_in, name, rights, position) values
      ('01920000-0000-7000-8000-000000000001', 'admin', 'Admin', '{customers.view,users.manage}', 0),
      ('01920000-0000-7000-8000-000000000002', 'operator', 'Operator', '{customers.view,resources.view,reports.view,runs.view}', 1),
      ('01920000-0000-7000-8000-000000000003', 'reporter', 'Reporter', '{dashboard.view,reports.view}', 2);
    insert into users (id, username, password_hash) values ('01920000-0000-7000-8000-00000000000a', 'ada', 'x');
    insert into assignments (user_id, role_id) values
      ('01920000-0000-7000-8000-00000000000a', '01920000-0000-7000-8000-000000000001');
    insert into resource_types (id, name, position) values ('01920000-0000-7000-8000-0000000000f1', 'NAS', 0);`);
  await run(
    client,
    migrations.filter((name) => !before.includes(name)),
  );

  const marks = await client.query(`
    select r.name, s."right", s.type, s.element_id, s.included
    from role_scopes s join roles r on r.id = s.role_id order by r.position, s."right"`);
  const all = { type: null, element_id: null, included: true };
  expect(marks.rows).toEqual([
    { name: "Operator", right: "customers.view", ...all },
    { name: "Operator", right: "reports.view", ...all },
    { name: "Operator", right: "resources.view", ...all },
    { name: "Reporter", right: "reports.view", ...all },
  ]);
  const figures = await client.query("select name from roles where 'reports.figures' = any(rights)");
  expect(figures.rows).toEqual([{ name: "Reporter" }]);
  expect((await client.query("select suggested_as from resource_types")).rows).toEqual([{ suggested_as: ["NAS"] }]);
  const end = client.exec("update assignments set expires_at = now() + interval '1 day'");
  await expect(end, "the last administrator gets no end").rejects.toThrow("At least one administrator must remain.");
  await client.close();
});
