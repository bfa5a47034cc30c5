import { randomBytes } from "node:crypto";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
const LENGTH = 26;

/** @returns a new secret part of a recipient's address: 130 bits in letters and digits that no mail system changes. */
export const newRecipient = (): string =>
  Array.from(randomBytes(LENGTH), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join("");

/** @returns whether this address is `<secret>@...` or `anything+<secret>@...`, in capitals or not. */
export function isMeant(address: string, secret: string): boolean {
  const local = address.slice(0, Math.max(0, address.lastIndexOf("@"))).toLowerCase();
  return secret !== "" && (local === secret || local.endsWith(`+${secret}`));
}
