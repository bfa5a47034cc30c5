import { z } from "zod";
import { fields } from "../form";
import { pagesIn, readingOrder } from "./moving";
import { isGroup, labelOf, linkablePages, type MenuLink, menuKeys, type StoredMenuItem } from "./types";

/** How many links and groups a menu may have. */
export const MOST_ITEMS = 100;
const linkable = new Set(linkablePages.map(({ path }) => path));

/** What a link or a group may be called. */
export const labelSchema = fields.line("a name", 40);

const hidden = z.literal(true).optional();
const link = z
  .strictObject({
    page: z.string(),
    label: labelSchema.optional(),
    hidden,
  })
  .transform(plainLink);
const group = z.strictObject({ label: labelSchema, hidden, items: z.array(link).max(MOST_ITEMS) });

/** A link that says no more than it must: no name that is the page's own. */
function plainLink({ page, label, hidden: isHidden }: MenuLink): MenuLink {
  const isOwn = label !== undefined && label !== labelOf({ page });
  return { page, ...(isOwn && { label }), ...(isHidden && { hidden: isHidden }) };
}

/** Links and groups of links, no deeper; each page once; groups by different names. */
export const itemsSchema = z
  .array(z.union([link, group], "A link or a group of this menu is not valid."), "This menu cannot be read.")
  .refine((items) => readingOrder(items).length <= MOST_ITEMS, `At most ${MOST_ITEMS} links and groups.`)
  .refine((items) => pagesIn(items).every((path) => linkable.has(path)), "A page of this menu does not exist any more.")
  .refine((items) => isDistinct(pagesIn(items)), "A page is linked twice in this menu.")
  .refine((items) => isDistinct(groupNames(items)), "Two groups have the same name.");

const groupNames = (items: readonly StoredMenuItem[]): string[] =>
  items.filter(isGroup).map(({ label }) => label.toLowerCase());

const isDistinct = (texts: readonly string[]): boolean => new Set(texts).size === texts.length;

const menu = { key: z.enum(menuKeys, "This menu does not exist."), version: z.coerce.number().int().min(0) };

export const restoreSchema = z.object(menu);
/** `items` comes as JSON, in one field. */
export const menuSchema = z.object({
  ...menu,
  items: z
    .string()
    .max(50_000, "This menu is too large.")
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: "custom", message: "This menu cannot be read." });
        return z.NEVER;
      }
    })
    .pipe(itemsSchema),
});
