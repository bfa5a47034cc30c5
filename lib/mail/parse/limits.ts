/** What a mail may ask of us. Everything above is kept as "unreadable" or cut, never worked through. */
export const limits = {
  messageBytes: 25 * 1024 * 1024,
  headBytes: 256 * 1024,
  headFields: 1000,
  /** Together, in all address fields of the mail: about 1,500 addresses. */
  addressBytes: 64 * 1024,
  partHeadBytes: 64 * 1024,
  partHeadsBytes: 1024 * 1024,
  lines: 1_000_000,
  boundaries: 60,
  parts: 200,
  attachedMessages: 20,
  htmlChars: 5_000_000,
  shownHtmlChars: 2_000_000,
  /** Different style attributes in one mail; a real report has a few dozen. */
  styles: 2000,
  htmlDepth: 250,
  htmlTags: 400_000,
  bodyChars: 5_000_000,
  shownTextChars: 200_000,
  attachmentsListed: 100,
  inlineImageBytes: 500_000,
  inlineImagesBytes: 2_000_000,
  objects: 5000,
  /** Of one digest: each becomes a mail of its own. */
  results: 500,
  forwards: 5,
};
