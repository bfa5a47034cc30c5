import type { Parser } from "./parser";

/** All families of mails, the specific before the general: the first that recognises a mail reads it. */
export const parsers: readonly Parser[] = [];
