import { MAIL_BYTES } from "@/lib/mails/rules";

export type Sent = { kind: "taken" } | { kind: "known" } | { kind: "refused"; sentence: string };

/** Uploads one file. @param actingKey the role in which the page was rendered. @returns what became of it; never rejects. */
export async function sendFile(file: File, actingKey: string): Promise<Sent> {
  // Spares sending what the server would refuse; it looks again.
  if (file.size > MAIL_BYTES) return refused(`${file.name} is larger than 25 MB.`);
  try {
    const headers = { "x-file-name": encodeURIComponent(file.name.toWellFormed()), "x-acting-role": actingKey };
    const body = await file.arrayBuffer();
    const answer = await fetch("/api/mails/upload", { method: "POST", body, headers });
    if (answer.ok) return { kind: answer.status === 201 ? "taken" : "known" };
    const { error } = (await answer.json()) as { error: string };
    return refused(answer.status === 400 || answer.status === 413 ? error : `${file.name}: ${error}`);
  } catch {
    return refused(`${file.name} could not be sent.`);
  }
}

const refused = (sentence: string): Sent => ({ kind: "refused", sentence });
