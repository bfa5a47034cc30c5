import fc from "fast-check";
import { expect, test } from "vitest";
import { manual } from "@/lib/documentation/manual";
import { parsePage } from "@/lib/documentation/parse";
import { type Found, searchManual } from "@/lib/documentation/search";

const planted = [
  parsePage(
    "trees",
    "---\ntitle: Trees\nsummary: About wood.\norder: 1\n---\n## Oak\n\nAn oak sends its roots deep; Ödön likes it.\n\n## Birch\n\nThe end of the oak story.",
  ),
  parsePage("boats", "---\ntitle: Boats\nsummary: Made of oak.\norder: 2\n---\n## Sails\n\nNothing about wood."),
];
const placesOf = (search: string) => searchManual(planted, search).map(({ slug, id }) => (id ? `${slug}#${id}` : slug));
const textOf = ({ snippet }: Found) => snippet.map(({ text }) => text).join("");

test("a heading counts more than the text, and all words must be there", () => {
  expect(placesOf("oak")).toEqual(["trees#oak", "trees#birch", "boats"]);
  expect(placesOf("oak story")).toEqual(["trees#birch"]);
  expect(placesOf("oak nowhere")).toEqual([]);
});

test("the title of a page finds the page, and helps to find a section of it", () => {
  expect(placesOf("trees")).toEqual(["trees"]);
  expect(placesOf("trees deep")).toEqual(["trees#oak"]);
});

test("words are found by their beginning, whatever their capitals and accents", () => {
  expect(placesOf("END")).toEqual(["trees#birch"]);
  expect(placesOf("odon")).toEqual(["trees#oak"]);
  expect(placesOf("sto")).toEqual(["trees#birch"]);
});

test("what was looked for is marked as it is written", () => {
  const [found] = searchManual(planted, "ödön");
  expect(found?.snippet.filter(({ marked }) => marked)).toEqual([{ text: "Ödön", marked: true }]);
});

test("the real manual answers what people ask", () => {
  const first = (search: string) => searchManual(manual(), search)[0];
  expect(first("last administrator")).toMatchObject({ slug: "users-and-roles", id: "the-last-administrator" });
  expect(first("import users")).toMatchObject({ slug: "users-and-roles", id: "import-users" });
  expect(first("preview")).toMatchObject({ slug: "user-roles", id: "preview-as-a-role" });
  expect(searchManual(manual(), "review runs").map(({ slug }) => slug)).toContain("rights");
});

test("any search is answered, with snippets that are in the text", () => {
  const pages = manual();
  const texts = pages.flatMap(({ sections }) => sections.map(({ text }) => text));
  const odd = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: "grapheme" }),
    fc.constantFrom(".*", "(", "[a", "\\", "%", "ß İ ﬁ", "a ".repeat(500)),
  );
  fc.assert(
    fc.property(odd, (search) => {
      for (const found of searchManual(pages, search)) {
        const shown = textOf(found).replace(/^… | …$/g, "");
        expect(texts.some((text) => text.includes(shown))).toBe(true);
        expect(shown.length).toBeLessThanOrEqual(200);
      }
    }),
  );
  for (const nothing of ["", "   ", "…", "***"]) expect(searchManual(manual(), nothing)).toEqual([]);
});
