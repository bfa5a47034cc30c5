const windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
const latin = /^(windows-?1252|cp-?1252|x-cp1252|iso-?8859-?1|latin-?1|us-ascii|ascii)$/i;

/** Bytes as text. An unknown character set is read as UTF-8, and as windows-1252 where that fails. Never throws. */
export function decodeBytes(bytes: Buffer, charset?: string): string {
  if (charset && latin.test(charset)) return decodeLatin(bytes);
  return decodeAs(bytes, charset ?? "utf-8") ?? decodeAs(bytes, "utf-8") ?? decodeLatin(bytes);
}

// Node 20's TextDecoder reads windows-1252 as plain Latin-1 and so loses the euro sign and the curly quotes.
function decodeLatin(bytes: Buffer): string {
  return bytes
    .toString("latin1")
    .replace(/[\u0080-\u009f]/g, (char) => windows1252.charAt(char.charCodeAt(0) - 0x80) || char);
}

function decodeAs(bytes: Buffer, charset: string): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
