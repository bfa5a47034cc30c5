import { randomUUID } from "node:crypto";
import http from "node:http";
import type postgres from "postgres";
import { hashKey, newKey } from "@/lib/intake-keys/keys";

/** @returns the head that opens the intake for a key that was put into the database just now. */
export async function plantKey(sql: postgres.Sql): Promise<{ authorization: string }> {
  const key = newKey();
  const name = `key ${randomUUID()}`;
  await sql`insert into intake_keys (id, name, key_hash, created_by) values (${randomUUID()}, ${name}, ${hashKey(key)}, 'tests')`;
  return { authorization: `Bearer ${key}` };
}

/** @returns a message that no parser knows, with this subject. */
export const plainMail = (subject: string): string =>
  `From: nas@example.org\r\nTo: backup@example.org\r\nSubject: ${subject}\r\nMessage-ID: <${randomUUID()}@example.org>\r\n\r\nThe night was quiet.\r\n`;

/**
 * Begins to deliver a message and keeps its second half back.
 * @returns what sends the rest, and the status of the answer; null when the connection was cut.
 */
export function slowDelivery(server: string, heads: { authorization: string }, message: string) {
  const half = Math.floor(message.length / 2);
  const request = http.request(`${server}/api/intake/mail`, {
    method: "POST",
    headers: { ...heads, "content-type": "message/rfc822", "content-length": String(Buffer.byteLength(message)) },
  });
  const status = new Promise<number | null>((resolve) => {
    request.on("response", (response) => {
      response.resume();
      resolve(response.statusCode ?? null);
    });
    request.on("error", () => resolve(null));
  });
  request.write(message.slice(0, half));
  return { status, sendRest: () => request.end(message.slice(half)) };
}
