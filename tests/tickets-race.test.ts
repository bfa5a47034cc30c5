import { isNotNull } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { prepareAccount } from "@/lib/auth/set-up";
import { closeDatabase, db, openDatabase, transaction } from "@/lib/db";
import { tickets } from "@/lib/db/schema/tickets";
import { createTicket } from "@/lib/tickets/actions";
import { actAs, type Person, person, submit } from "./support/acting";
import { createDatabase } from "./support/postgres";

const server = process.env.TEST_POSTGRES_URL ?? "";

describe.skipIf(!server)("on PostgreSQL", () => {
  let oto: Person;

  beforeAll(async () => {
    process.env.DATABASE_URL = await createDatabase(server, "tickets_race");
    await openDatabase();
    await transaction(prepareAccount);
    oto = await person("oto", "Operator");
  });
  afterAll(closeDatabase);

  test("thirty tickets added at the same moment get thirty codes without a gap", async () => {
    actAs(oto);
    const sent = Array.from({ length: 30 }, (_, n) =>
      submit(oto, createTicket, { kind: "ticket", title: `Ticket ${n}`, body: "" }),
    );
    await Promise.allSettled(sent);
    const rows = await db()
      .select({ number: tickets.number })
      .from(tickets)
      .where(isNotNull(tickets.number))
      .orderBy(tickets.number);
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 30 }, (_, n) => 1001 + n));
  });
});
