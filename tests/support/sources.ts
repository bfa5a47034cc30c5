import { eq } from "drizzle-orm";
import { db, transaction } from "@/lib/db";
import { mails } from "@/lib/db/schema/mails";
import { mailSources } from "@/lib/db/schema/sources";
import { sealSecrets } from "@/lib/sources/stored";
import type { GraphOptions, ImapOptions, SmtpOptions, SourceSecrets } from "@/lib/sources/types";

type Options = { imap: ImapOptions; graph: GraphOptions; smtp: SmtpOptions };

export const defaults: Options = {
  imap: {
    host: "127.0.0.1",
    port: 143,
    security: "none",
    user: "desk",
    signIn: "password",
    tokenUrl: "",
    clientId: "",
    scope: "",
    folder: "INBOX",
    authority: "",
    after: "nothing",
    moveTo: "",
    authServId: "",
    needsRecipient: false,
  },
  graph: {
    tenant: "acme.example",
    clientId: "client-1",
    mailbox: "desk@acme.example",
    folder: "Inbox",
    after: "nothing",
    moveTo: "",
    authServId: "",
    needsRecipient: false,
  },
  smtp: { address: "127.0.0.1", port: 2525, security: "none", allowed: ["127.0.0.1"] },
};

/** Makes a mail source. @returns its id. */
export async function sourceOf<Kind extends keyof Options>(
  kind: Kind,
  options: Partial<Options[Kind]>,
  secrets: SourceSecrets = {},
  name = `source ${crypto.randomUUID()}`,
): Promise<string> {
  const id = crypto.randomUUID();
  const row = { id, kind, name, options: { ...defaults[kind], ...options }, secrets: sealSecrets(id, secrets) };
  await transaction((tx) => tx.insert(mailSources).values({ ...row, createdBy: "tests" }));
  return id;
}

/** @returns the row of a source as it is stored. */
export async function storedSource(id: string) {
  const [row] = await db().select().from(mailSources).where(eq(mailSources.id, id));
  if (!row) throw new Error("There is no such source.");
  return row;
}

/** Changes what is stored of a source, as its form does. */
export async function changeSource(id: string, values: Partial<typeof mailSources.$inferInsert>): Promise<void> {
  const { version } = await storedSource(id);
  await transaction((tx) =>
    tx
      .update(mailSources)
      .set({ version: version + 1, ...values })
      .where(eq(mailSources.id, id)),
  );
}

/** @returns the subjects of the mails that a source brought, sorted. */
export async function subjectsOf(id: string): Promise<string[]> {
  const rows = await db().select({ subject: mails.subject }).from(mails).where(eq(mails.channelId, id));
  return rows.map(({ subject }) => subject).sort();
}

/** Waits until it holds, at most so long. */
export async function eventually(holds: () => Promise<boolean> | boolean, milliseconds = 10_000): Promise<void> {
  const endsAt = Date.now() + milliseconds;
  while (!(await holds())) {
    if (Date.now() > endsAt) throw new Error(`It did not happen within ${milliseconds} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
