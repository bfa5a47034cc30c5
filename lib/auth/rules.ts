/** The upper limit keeps the work of one request bounded; far above the 64 that ASVS 6.2.9 asks for. */
export const PASSWORD_MAXIMUM = 256;

export const USERNAME_PATTERN = /^[\p{L}\p{N}._@-]{2,64}$/u;
export const USERNAME_RULE = "2 to 64 letters, digits and . _ - @";

/** @returns the form in which passwords are compared and hashed: "é" typed in two ways is one password. */
export const normalised = (password: string): string => password.normalize("NFC");

/**
 * The password rules of product.md section 5; none about kinds of characters (NIST SP 800-63B-4, 3.1.1.2).
 * @param context words that must not make up the password: username, product and account name.
 * @returns the sentence for the person, or null when the password is fine.
 */
export function passwordProblem(password: string, minimum: number, context: readonly string[]): string | null {
  const length = [...normalised(password)].length;
  if (length < minimum) return `Use at least ${minimum} characters. A few words in a row are easy to remember.`;
  if (length > PASSWORD_MAXIMUM) return `Use at most ${PASSWORD_MAXIMUM} characters.`;
  if (isMadeOf(password, context.flatMap(wordsOf)))
    return "This is built from the username or the product's name. Use words that nobody would expect.";
  if (isMadeOf(password, [])) return "This is a common password. Use words that nobody would expect.";
  return null;
}

const wordsOf = (name: string): string[] =>
  [squeezed(name), ...name.toLowerCase().split(/[^\p{L}\p{N}]+/u)].filter((word) => word.length > 2);

const squeezed = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

/** Letters that people swap for look-alikes: "p4$$w0rd". */
const lookAlikes: Record<string, string> = {
  "0": "o",
  "1": "l",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  $: "s",
  "@": "a",
  "!": "i",
};

/**
 * True when nothing is left of the password after taking away known words, keyboard rows, repeated characters, counting
 * and years. It stands for a list of every such combination: those of 15 characters and more are endless.
 */
function isMadeOf(password: string, context: readonly string[]): boolean {
  const plain = normalised(password).toLowerCase();
  const swapped = plain.replace(/[0134574$@!]/g, (sign) => lookAlikes[sign] ?? sign);
  return [plain, swapped].some((text) =>
    coverable(text.replace(/[^\p{L}\p{N}]+/gu, ""), [...context, ...commonWords], context.length > 0),
  );
}

/** Can the text be cut into known pieces without a rest? With context words, one of them must be among the pieces. */
function coverable(text: string, words: readonly string[], needsContext: boolean): boolean {
  if (text === "") return !needsContext;
  const contextWords = needsContext ? words.slice(0, words.length - commonWords.length) : [];
  // reached[i]: 0 not, 1 without a context word, 2 with one.
  const reached = new Uint8Array(text.length + 1);
  reached[0] = 1;
  for (let at = 0; at < text.length; at++) {
    if (!reached[at]) continue;
    for (const end of pieceEnds(text, at, words)) {
      const isContext = contextWords.some((word) => text.slice(at, end) === word);
      reached[end] = Math.max(reached[end] ?? 0, isContext ? 2 : (reached[at] ?? 0));
    }
  }
  return (reached[text.length] ?? 0) >= (needsContext ? 2 : 1);
}

function pieceEnds(text: string, at: number, words: readonly string[]): number[] {
  const ends = words.filter((word) => text.startsWith(word, at)).map((word) => at + word.length);
  for (const row of rows) {
    for (let end = at + 3; end <= text.length && row.includes(text.slice(at, end)); end++) ends.push(end);
  }
  for (let end = at + 1; end <= text.length && text[end - 1] === text[at]; end++) if (end - at > 2) ends.push(end);
  const digits = /^\d{1,4}/.exec(text.slice(at))?.[0].length ?? 0;
  // A few digits are filler at either end of a word; a long number is not.
  if (digits > 0 && (at === 0 || at + digits === text.length || !/\d/.test(text[at - 1] ?? "")))
    for (let n = 1; n <= digits; n++) ends.push(at + n);
  return ends;
}

const rows = [
  "01234567890123456789",
  "98765432109876543210",
  "abcdefghijklmnopqrstuvwxyz",
  "zyxwvutsrqponmlkjihgfedcba",
  "qwertyuiopasdfghjklzxcvbnm",
  "qwertzuiopasdfghjklyxcvbnm",
  "azertyuiopqsdfghjklmwxcvbn",
  "poiuytrewqlkjhgfdsamnbvcxz",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
  "1q2w3e4r5t6y7u8i9o0p",
  "qazwsxedcrfvtgbyhnujm",
  "asdfghjkl",
  "zxcvbnm",
  "112233445566778899",
  "147258369",
];

/** Words that make up most of the published lists of common passwords, and those of this field. */
const commonWords =
  `password passwort passwd pass admin administrator root user guest test testing welcome willkommen letmein login
hello hallo secret geheim master dragon monkey shadow sunshine princess football baseball soccer hockey basketball batman superman
iloveyou love lover lovely trustno one michael jordan jennifer jessica ashley daniel thomas robert charlie andrew matthew joshua
anthony william george martin nicole hannah amanda jasmine samantha buster ginger pepper summer winter spring autumn herbst sommer
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
november december whatever starwars pokemon naruto computer internet server service desk servicedesk support helpdesk backup backups
check checks backupchecks veeam restore change changeme changethis default qwerty qwertz azerty access freedom flower cookie cheese
chocolate orange banana apple google facebook linkedin twitter instagram microsoft windows office company firma welcome home family
money dollar killer hunter ranger harley mustang ferrari porsche mercedes corvette yankees lakers cowboys liverpool chelsea arsenal
barcelona manchester london paris berlin amsterdam america newyork texas florida black white green blue red yellow purple silver gold
diamond maggie bailey tigger snoopy mickey donald samsung nokia iphone android please thank you god jesus christ angel heaven hell
fuck shit fucking pussy sexy baby babygirl girl boy mother father sister brother the and for my is this i me we it a in of to new
abc xyz asd qwe zxc asdf zxcv qaz wsx edc correct horse battery staple`
    .split(/\s+/)
    .filter(Boolean);
