import { RE2JS } from "re2js";

/** What a pattern found: the words of the mail, and the part in brackets, or all of it when there are none. */
export type Match = { text: string; part: string };
export type Pattern = { find(text: string, clock: Clock): Match | null };
/** Throws `TooSlow` when the time of a mail is used up. */
export type Clock = { check(): void };

export class TooSlow extends Error {}

/** Why a pattern cannot be used, in a sentence. */
export class PatternError extends Error {}

const LONGEST = 500;
/** Steps of the matcher: it takes at most its size times the length of the text, about 160 ns each. */
const LARGEST = 2000;
const STEPS_AT_ONCE = 2_000_000;
const OVERLAP = 1000;

/**
 * Compiles a pattern in the syntax of RE2, whose time grows with the length of the text only: no pattern can hang. Upper
 * and lower case are the same; ^ and $ are the ends of a line. @throws PatternError
 */
export function compilePattern(source: string): Pattern {
  if (source.length > LONGEST) throw new PatternError(`At most ${LONGEST} characters.`);
  const compiled = compiledOf(source);
  if (compiled.groupCount() > 1)
    throw new PatternError("Use one pair of brackets, around the part you want. Write (?: for others.");
  const size = compiled.programSize();
  if (size > LARGEST) throw new PatternError("The pattern is too large. Use smaller numbers in curly brackets.");
  const atOnce = Math.max(2 * OVERLAP, Math.min(100_000, Math.floor(STEPS_AT_ONCE / size)));
  return { find: (text, clock) => findIn(compiled, text, atOnce, clock) };
}

function compiledOf(source: string): RE2JS {
  try {
    return RE2JS.compile(source, RE2JS.CASE_INSENSITIVE | RE2JS.MULTILINE);
  } catch (error) {
    throw new PatternError(inWords(String((error as { error?: unknown }).error ?? ""), source));
  }
}

const sentences: [RegExp, string][] = [
  [/missing closing \)/, "A bracket ( is not closed."],
  [/missing closing \]/, "A bracket [ is not closed."],
  [/unexpected \)/, "There is a bracket ) too many."],
  [/missing argument to repetition|invalid nested repetition/, "A sign of repetition (* + ?) has nothing to repeat."],
  [/invalid repeat count/, "A number in curly brackets is too large."],
  [/invalid escape/, "A backslash stands before a character that needs none, or refers back to a group."],
  [/unsupported Perl syntax/, "Looking ahead or behind cannot be used here."],
  [/character class range/, "A range in square brackets is the wrong way round."],
];

function inWords(said: string, source: string): string {
  const known = sentences.find(([pattern]) => pattern.test(said));
  return known?.[1] ?? (source ? "This pattern is not understood." : "Enter a pattern.");
}

/** Long texts in pieces that overlap, so that the clock is looked at between them. */
function findIn(compiled: RE2JS, text: string, atOnce: number, clock: Clock): Match | null {
  for (let at = 0; at === 0 || at + OVERLAP < text.length; at += atOnce - OVERLAP) {
    clock.check();
    const matcher = compiled.matcher(text.slice(at, at + atOnce));
    if (!matcher.find()) continue;
    const found = matcher.group() ?? "";
    return { text: found, part: (compiled.groupCount() === 1 ? matcher.group(1) : found) ?? "" };
  }
  return null;
}
