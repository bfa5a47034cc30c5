import "server-only";
import { and, inArray, isNull, ne, type SQL, sql } from "drizzle-orm";
import { mails } from "../db/schema/mails";
import type { ReparseChoice } from "./types";

/** Mails that came, of a choice; parts of a digest are read with it. */
export function chosenMails(choice: ReparseChoice): SQL | undefined {
  return and(isNull(mails.parentId), ne(mails.kind, "waiting"), ofChoice(choice));
}

/** Only these can be read. */
export const withSource = isNull(mails.rawPurgedAt);

function ofChoice(choice: ReparseChoice): SQL | undefined {
  if (choice.which === "all") return undefined;
  if (choice.which === "days") return sql`${mails.receivedAt} > now() - make_interval(days => ${choice.days}::int)`;
  return inArray(mails.id, ["00000000-0000-0000-0000-000000000000", ...choice.ids]);
}
