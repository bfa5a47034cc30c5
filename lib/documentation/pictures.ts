import "server-only";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";

const folder = path.join(process.cwd(), "docs/manual/pictures");

export type Picture = { src: string; width: number; height: number };
export type Pictured = Record<"desktop" | "phone", Record<"light" | "dark", Picture>>;

const kept = new Map<string, Picture>();

/** @returns a picture at both sizes and in both themes, as `npm run docs:pictures` has taken it; null when one of them is missing. */
export function pictured(name: string): Pictured | null {
  const size = (one: string) => ({ light: picture(`${name}-${one}-light`), dark: picture(`${name}-${one}-dark`) });
  const [desktop, phone] = [size("desktop"), size("phone")];
  if (!desktop.light || !desktop.dark || !phone.light || !phone.dark) return null;
  return { desktop: { light: desktop.light, dark: desktop.dark }, phone: { light: phone.light, dark: phone.dark } };
}

function picture(file: string): Picture | null {
  const known = process.env.NODE_ENV === "production" && kept.get(file);
  if (known) return known;
  const bytes = pictureBytes(file);
  if (!bytes) return null;
  // A new picture has a new address, so that browsers may keep the old one for good.
  const version = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
  // The head of every PNG: width and height in pixels, big-endian.
  const size = { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  const made = { src: `/api/documentation/pictures/${file}?v=${version}`, ...size };
  kept.set(file, made);
  return made;
}

/** @param file a name without its ending, from wherever. @returns the PNG, or null when there is none of this name. */
export function pictureBytes(file: string): Buffer<ArrayBuffer> | null {
  if (!/^[a-z0-9-]{1,80}$/.test(file)) return null;
  try {
    return readFileSync(path.join(folder, `${file}.png`));
  } catch {
    return null;
  }
}
