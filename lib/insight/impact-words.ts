import { aggregates } from "../access/registry";
import { formatCount } from "../format";
import type { Impact } from "./impact";

/** What storing a draft would change, in words. Pure: for both sides. */

/** @returns "Affects 4 users, 2 sessions: 1 right won, 2 lost, 37 resources lost". */
export function impactLine(impact: Impact): string {
  const changes = [
    wonAndLost("right", "rights", impact.rights.won.length, impact.rights.lost.length),
    ...rowWords(impact),
    wonAndLost("menu link", "menu links", impact.links.won.length, impact.links.lost.length),
  ].filter(Boolean);
  const who =
    impact.holders === 0
      ? "Nobody holds this role yet"
      : `Affects ${formatCount(impact.holders, "user")}, ${formatCount(impact.sessions, "session")}`;
  return `${who}: ${changes.length > 0 ? changes.join(", ") : "nothing that the role may do or see changes"}.`;
}

/** @returns for each aggregate right that changes: "3 customers won, 37 lost". */
export const rowWords = ({ rows }: Impact): string[] =>
  rows.map(({ right, won, lost }) => {
    const plural = aggregates.find((entry) => entry.right === right)?.aggregate.elements ?? right;
    return wonAndLost(plural.replace(/s$/, ""), plural, won, lost);
  });

function wonAndLost(singular: string, plural: string, won: number, lost: number): string {
  const many = (count: number) => formatCount(count, singular, plural);
  if (won > 0 && lost > 0) return `${many(won)} won, ${lost.toLocaleString("en")} lost`;
  if (won > 0) return `${many(won)} won`;
  return lost > 0 ? `${many(lost)} lost` : "";
}
