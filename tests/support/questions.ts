import type { AggregateRight } from "@/lib/access/registry";
import type { ListPage, ListQuery } from "@/lib/list";
import { outsideIds } from "./outside";
import { CUSTOMERS, GROUPS, jobAt, mailAt, reportAt, runAt, TYPES, ticketAt } from "./worlds";

/** What somebody who hunts for hidden rows asks: every list in every order and page, searches for guessed words, every address. */

const WORDS = ["", "aaa", "Job 0", "2003"];
export const CUSTOMER_IDS = [...CUSTOMERS.map(({ id }) => id), ...outsideIds("customer")];
export const JOB_IDS = [0, 1, 3].flatMap((c) => [0, 1, 3, 4].map((i) => jobAt(c, i))).concat(outsideIds("job"));
/** For questions about two of them at once. */
export const SOME_JOB_IDS = [jobAt(0, 0), jobAt(0, 1), jobAt(3, 0), outsideIds("job")[0] ?? ""];
/** Of several tables: those of another table find nothing. */
export const SOME_IDS = [...SOME_JOB_IDS, ...CUSTOMERS.map(({ id }) => id), outsideIds("customer")[0] ?? ""];
export const RUN_IDS = [0, 1, 3].flatMap((c) => [0, 1, 4].map((i) => runAt(c, i, 0))).concat(outsideIds("run"));
export const MAIL_IDS = [0, 1, 2].map(mailAt).concat(outsideIds("mail"));
export const TICKET_IDS = [0, 1, 2, 3, 4].map(ticketAt).concat(outsideIds("ticket"));
export const REPORT_IDS = [0, 1, 2, 3].map(reportAt).concat(outsideIds("report"));
export const TYPE_IDS = [...TYPES.map(({ id }) => id), ...outsideIds("type")];
export const GROUP_IDS = [...GROUPS.map(({ id }) => id), ...outsideIds("group")];

export const ROWS: [AggregateRight, string][] = [
  ...CUSTOMER_IDS.map((id): [AggregateRight, string] => ["customers.view", id]),
  ...JOB_IDS.map((id): [AggregateRight, string] => ["resources.view", id]),
  ...REPORT_IDS.map((id): [AggregateRight, string] => ["reports.view", id]),
];

type List = (query: ListQuery<never>) => Promise<ListPage<unknown>>;

export const query = (change: Partial<ListQuery>): ListQuery<never> =>
  ({ search: "", sort: "name", direction: "asc", cursor: null, filters: {}, ...change }) as ListQuery<never>;

/** @returns the answers to every question one can put to a list, all its pages. */
export async function asked(
  sorts: readonly string[],
  filters: Record<string, readonly string[]>,
  ask: (query: ListQuery<never>) => Promise<unknown>,
): Promise<unknown[]> {
  const first = sorts[0]?.replace(/^-/, "") ?? "name";
  const questions = [
    ...sorts.flatMap((sort) =>
      (["asc", "desc"] as const).map((direction) => ({ sort: sort.replace(/^-/, ""), direction })),
    ),
    ...WORDS.map((search) => ({ search, sort: first })),
    ...Object.entries(filters).flatMap(([name, values]) =>
      values.map((value) => ({ sort: first, filters: { [name]: value } })),
    ),
  ];
  const answers: unknown[] = [];
  for (const question of questions) answers.push(await answerOf(() => ask(query(question))));
  return answers;
}

/** The same for lists that are shown in pages: each page after the first too. */
export const listed = (sorts: readonly string[], filters: Record<string, readonly string[]>, list: List) =>
  asked(sorts, filters, async (first) => {
    const pages = [await list(first)];
    for (let page = pages[0]; page?.next && pages.length < 9; page = pages.at(-1))
      pages.push(await list({ ...first, cursor: page.next }));
    return pages;
  });

export const each = async <T>(many: readonly T[], ask: (one: T) => Promise<unknown>): Promise<unknown[]> => {
  const answers: unknown[] = [];
  for (const one of many) answers.push(await answerOf(() => ask(one)));
  return answers;
};

export const words = (ask: (word: string) => Promise<unknown>): Promise<unknown[]> => each(WORDS, ask);

/** What stops a page is an answer too: 404 for one and 403 for another would tell them apart. */
export async function answerOf(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && "kind" in error) return `stopped: ${error.message}`;
    throw error;
  }
}
