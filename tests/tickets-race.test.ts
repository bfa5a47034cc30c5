import { eq, isNotNull } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase, db, transaction } from "@/lib/db";
import { auditEntries } from "@/lib/db/schema/access";
import { deliveries, outgoing } from "@/lib/db/schema/outgoing";
import { tickets } from "@/lib/db/schema/tickets";
import { createTicket, resolveTicket } from "@/lib/tickets/actions";
import { actAs, type Person, person, submit } from "./support/acting";
import { openOnPostgres } from "./support/database";

const server = process.env.TEST_POSTGRES_URL ?? "";

describe.skipIf(!server)("on PostgreSQL", () => {
  let oto: Person;

  beforeAll(async () => {
    await openOnPostgres(server, "tickets_race");
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

  test("of ten who resolve one ticket at the same moment one does, with one note and one mail", async () => {
    const made = await submit(oto, createTicket, { kind: "ticket", title: "Race", body: "" });
    const { id } = made.data as { id: string };
    const mail = { smtpHost: "mail.example.org", fromAddress: "a@example.org", ticketRecipients: ["b@example.org"] };
    await transaction((tx) => tx.update(outgoing).set(mail));
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => submit(oto, resolveTicket, { id, note: `Note ${n}.` })),
    );
    expect(answers.filter(({ status }) => status === "done")).toHaveLength(1);
    expect(answers.filter(({ message }) => message === "oto has done this already.")).toHaveLength(9);
    const [row] = await db().select().from(tickets).where(eq(tickets.id, id));
    expect(row?.body.match(/Note \d\./g)).toHaveLength(1);
    expect(await db().$count(deliveries)).toBe(1);
    const told = await db().select().from(auditEntries).where(eq(auditEntries.action, "ticket.resolve"));
    expect(told.map(({ outcome }) => outcome).sort()).toEqual(["done", ...Array(9).fill("refused")]);
  });
});
