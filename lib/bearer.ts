import { timingSafeEqual } from "node:crypto";
import { problem } from "./door";

/**
 * @param authorization the head of that name. @param key what it must bring as `Bearer`; without one nobody is let in.
 * @returns the refusal, or null for who may pass.
 */
export function keyRefusal(authorization: string | null, key: string | undefined): Response | null {
  const sent = Buffer.from(/^Bearer +(\S{1,500})$/i.exec(authorization ?? "")?.[1] ?? "");
  const wanted = Buffer.from(key ?? "");
  if (wanted.length > 0 && sent.length === wanted.length && timingSafeEqual(sent, wanted)) return null;
  const answer = problem(401, "The key is wrong, or none is set.");
  answer.headers.set("WWW-Authenticate", "Bearer");
  return answer;
}
