/** 32 signs that are not mistaken for each other when read out over the telephone. */
const SIGNS = "abcdefghijkmnpqrstuvwxyz23456789";

/** @returns a random password of 100 bits, four groups of five signs: "k3mzp-...". Pure but for chance: for both sides. */
export function generatePassword(): string {
  const picked = crypto.getRandomValues(new Uint8Array(20));
  const signs = [...picked].map((byte) => SIGNS[byte % SIGNS.length]).join("");
  return signs.replace(/(.{5})(?=.)/g, "$1-");
}
