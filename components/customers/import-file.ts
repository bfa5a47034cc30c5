import { IMPORT_BYTES } from "@/lib/customers/schema";
import type { Preview } from "./import-preview";

/** @returns the text of a file; one that is not UTF-8 was saved by an older spreadsheet. */
export async function textOf(file: File): Promise<string> {
  const bytes = await file.slice(0, IMPORT_BYTES + 1).arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** @returns what importing would do, or a sentence why it cannot be done. */
export async function previewOf(csv: string): Promise<Preview | string> {
  if (csv.trim() === "") return "Choose a file, or paste its lines.";
  if (new Blob([csv]).size > IMPORT_BYTES) return "This is too large: at most 900 KB at once.";
  try {
    const response = await fetch("/api/customers/import", { method: "POST", body: csv });
    const answer = (await response.json()) as Preview & { error?: string };
    return response.ok ? answer : (answer.error ?? "The preview could not be made.");
  } catch {
    return "The server did not answer. Try again.";
  }
}
