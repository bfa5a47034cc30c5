import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import { mails } from "@/lib/db/schema/mails";
import { UserError } from "@/lib/errors";
import { fileNow } from "@/lib/filing/start";
import { mailBody, mailSource, mailText } from "@/lib/mails/documents";
import { getInboxMail, getInboxSource, getInboxText } from "@/lib/mails/queries";
import { storeMail } from "@/lib/mails/store";
import { accessOf, actAs, type Person, person } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { tortureMails } from "./support/torture";

const found = tortureMails();

describe.skipIf(found === null)("mails with which others test their readers", () => {
  let oto: Person;
  beforeAll(async () => {
    await openTestDatabase();
    oto = await person("oto", "Operator");
  });
  afterAll(closeTestDatabase);

  test("each is stored, filed, and opened in every view, without an error", async () => {
    const actor = { id: null, name: "nightly", role: "Intake key", address: "192.0.2.9" };
    const ids = new Map<string, string>();
    const refused: string[] = [];
    for (const { name, raw } of found ?? []) {
      const stored = await storeMail({ raw, source: "intake", broughtBy: "nightly", actor }).catch((error: unknown) => {
        if (error instanceof UserError) return null;
        throw error;
      });
      if (stored) ids.set(name, stored.id);
      else refused.push(name);
    }
    await fileNow();
    expect(ids.size).toBeGreaterThan(40);
    expect(refused.length, refused.join()).toBeLessThan(4);
    expect(await db().$count(mails, eq(mails.kind, "waiting"))).toBe(0);
    const access = await accessOf(oto);
    const request = new Request("http://localhost/");
    actAs(oto);
    for (const [name, id] of ids) {
      const [mail] = await db().select().from(mails).where(eq(mails.id, id));
      expect(mail?.parsed, `${name} is never green`).not.toContainEqual(expect.objectContaining({ status: "success" }));
      expect(await getInboxMail(id), name).toMatchObject({ id });
      expect(typeof (await getInboxText(id)), name).toBe("string");
      expect((await getInboxSource(id)).length, name).toBeGreaterThan(0);
      for (const open of [mailBody, mailText, mailSource]) {
        const answer = await open(access, request, { id });
        expect(answer.status, name).toBe(200);
        await answer.arrayBuffer();
      }
    }
  }, 120_000);
});
