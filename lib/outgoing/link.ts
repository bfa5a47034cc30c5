import "server-only";
import { env } from "../env";

/** @param path such as "/tickets/<id>". @returns the whole address for mails and calls; null while AUTH_URL is not set. */
export function linkTo(path: string): string | null {
  const own = env().AUTH_URL;
  return own ? `${new URL(own).origin}${path}` : null;
}
