import { acronis } from "./acronis";
import { duplicati } from "./duplicati";
import { generic } from "./generic";
import type { Parser } from "./parser";
import { veeam } from "./veeam";
import { vzdump } from "./vzdump";

/** All families of mails, the specific before the general: the first that recognises a mail reads it. */
export const parsers: readonly Parser[] = [veeam, acronis, vzdump, duplicati, generic];
