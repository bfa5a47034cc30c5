/** What a person may do with a run on this page. */
export type May = { review: boolean; ticket: boolean; override: boolean };
