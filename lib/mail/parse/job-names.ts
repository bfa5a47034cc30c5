import { weekdayNames } from "./calendar";
import { stripPrefixes } from "./forwards";
import { symbols, vocabulary } from "./vocabulary";

const words = [...vocabulary.failed, ...vocabulary.warning, ...vocabulary.success].join("|");
const helpers =
  "has|have|was|is|were|been|with|and|not|but|without|no|wurde|ist|hat|mit|und|nicht|ohne|sans|avec|est|été|stat[oa]|non|con|met|zonder|niet|zijn|sido|fue";
const statusPhrase = new RegExp(
  `(?<![\\p{L}\\p{N}_])(?:(?:${helpers})\\s+){0,4}(?:${words})(?:\\s+(?:--?\\s+)?(?:${helpers}|${words})){0,4}(?![\\p{L}\\p{N}_])`,
  "giu",
);
const symbol = new RegExp(`[${symbols.success}${symbols.warning}${symbols.failed}\\u{fe0f}]`, "gu");
const counter = new RegExp(
  `(?<![\\p{L}\\p{N}_-])[([]?\\s?\\d{1,9}\\s?(?:/|of|von|sur|di|van|de)?\\s?\\d{0,9}\\s(?:objects?|instances?|vms?|files?|items?|jobs?|infos?|${words})(?:\\s?[)\\]])?`,
  "giu",
);
const weekday = `(?:(?<!\\p{L})(?:${[...new Set(weekdayNames)].join("|")}),?\\s)?`;
const anyDate =
  "(?:\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{1,2}[./-]\\d{1,2}[./-]\\d{2,4}|\\d{1,2}\\.?\\s(?:de\\s)?\\p{L}{3,12}\\.?\\s(?:de\\s)?\\d{4}|\\p{L}{3,12}\\s\\d{1,2},\\s\\d{4})";
const dates = new RegExp(
  `${weekday}(?<![\\d.])${anyDate}(?![\\d.])(?:[T,\\s-]{1,3}\\d{1,2}[:.]\\d{2}(?:[:.]\\d{2})?(?:\\s?[ap]m)?)?`,
  "giu",
);
const times = /(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m\b)?(?![\d:])/gi;

/**
 * The name of a job from the subject of its mails: what stays the same from night to night when the words of the result, dates, times and
 * counters are taken out. "" when nothing is left.
 */
export function jobNameOf(subject: string): string {
  return stripPrefixes(subject)
    .slice(0, 300)
    .normalize("NFC")
    .replace(symbol, " ")
    .replace(dates, " ")
    .replace(times, " ")
    .replace(counter, " ")
    .replace(statusPhrase, " ")
    .replace(/\(\s*[,;|-]?\s*\)|\[\s*[,;|-]?\s*\]|"\s*"|<\s*>/g, " ")
    .replace(/\s+/g, " ")
    .replace(/(?:\s[-–—−|:,;]){2,}(?=\s|$)/g, " -")
    .replace(/^[\s\-–—−|:,;.!/]+|[\s\-–—−|:,;.!/(]+$/g, "")
    .trim()
    .slice(0, 200);
}
