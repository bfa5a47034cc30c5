import { type Field, headEnd, headFields, readHead } from "../mail/parse/head";
import { type AuthResults, readAuthResults } from "./auth-results";
import { isMeant } from "./recipient";

/** What the owner of a mailbox believes. Empty and null: nothing is asked for. */
export type Trust = {
  /** The name under which the own mail server writes Authentication-Results; "-": it writes none, as Exchange Online does. */
  authServId: string;
  /** What must stand in the address that the mail was sent to. */
  recipient: string | null;
};

/** Where mail servers note for whom they took a mail. */
const RECIPIENTS = new Set(["delivered-to", "x-original-to", "envelope-to", "to", "cc"]);
const RECIPIENTS_LOOKED_AT = 200;

/**
 * Whether a message may be believed to come from whom it says (RFC 8601, RFC 7489).
 * @returns "unchecked" when nothing is asked for, "failed" when any of what is asked for does not hold.
 */
export function checkSender(raw: Buffer, { authServId, recipient }: Trust): "unchecked" | "passed" | "failed" {
  const fields = headFields(raw.subarray(0, headEnd(raw)));
  const answers: boolean[] = [];
  if (recipient !== null) answers.push(isSentTo(fields, recipient));
  if (authServId) answers.push(isAuthentic(raw, fields, authServId));
  if (answers.length === 0) return "unchecked";
  return answers.every(Boolean) ? "passed" : "failed";
}

function isSentTo(fields: Field[], secret: string): boolean {
  const words = fields
    .filter(({ name }) => RECIPIENTS.has(name))
    .flatMap(({ value }) => value.slice(0, 10_000).split(/[\s,;<>"()]+/))
    .filter((word) => word.includes("@"));
  return words.slice(0, RECIPIENTS_LOOKED_AT).some((address) => isMeant(address, secret));
}

function isAuthentic(raw: Buffer, fields: Field[], authServId: string): boolean {
  const froms = fields.filter(({ name }) => name === "from");
  // Two senders, or several in one: nobody can say which of them was looked at.
  if (froms.length !== 1 || /@[^@]*,[^@]*@/.test(withoutNames(froms[0]?.value ?? ""))) return false;
  const { fromAddress } = readHead(raw);
  const from = domainOf(fromAddress);
  const results = ownResults(fields, authServId);
  return from !== "" && results !== null && (dmarcPassed(results, from) || dkimPassed(results, from));
}

/**
 * Only the topmost one counts: a mail server writes on top of what it was given, so any below may have been there before.
 */
function ownResults(fields: Field[], authServId: string): AuthResults | null {
  const wanted = authServId === "-" ? "" : authServId.toLowerCase();
  for (const { name, value } of fields) {
    if (name !== "authentication-results") continue;
    const results = readAuthResults(value);
    if (results.server === wanted) return results;
  }
  return null;
}

function dmarcPassed({ methods }: AuthResults, from: string): boolean {
  return methods.some(
    ({ method, result, properties }) =>
      method === "dmarc" && result === "pass" && domainOf(properties["header.from"] ?? "") === from,
  );
}

function dkimPassed({ methods }: AuthResults, from: string): boolean {
  return methods.some(({ method, result, properties }) => {
    const signer = domainOf(properties["header.d"] ?? properties["header.i"] ?? "");
    return method === "dkim" && result === "pass" && isAligned(signer, from);
  });
}

/** The signer owns the sender's domain or one above it. The other way round anybody at a shared domain could sign for its owner. */
const isAligned = (signer: string, from: string): boolean =>
  signer.includes(".") && (from === signer || from.endsWith(`.${signer}`));

const domainOf = (address: string): string => /(?:^|@)([^@\s<>]+)$/.exec(address.trim())?.[1]?.toLowerCase() ?? "";
const withoutNames = (value: string): string => value.replace(/"[^"]*"/g, "");
