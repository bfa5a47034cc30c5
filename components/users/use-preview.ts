"use client";
import { useState } from "react";
import type { Preview } from "@/lib/users/import/prepare";

export type { Preview };

/** Asks the server what a CSV text would do. @param read gives the text when "Preview" is pressed. */
export function usePreview(read: () => string) {
  const [found, setFound] = useState<Preview | null>(null);
  const [problem, setProblem] = useState("");
  const [isLoading, setLoading] = useState(false);

  const load = async () => {
    setLoading(true);
    const answer = await ask(read());
    setLoading(false);
    setFound(typeof answer === "string" ? null : answer);
    setProblem(typeof answer === "string" ? answer : "");
  };
  const clear = () => {
    setFound(null);
    setProblem("");
  };
  return { found, problem, isLoading, load, clear };
}

async function ask(csv: string): Promise<Preview | string> {
  if (!csv.trim()) return "Paste the lines, or choose a file.";
  const headers = { "Content-Type": "text/csv" };
  const response = await fetch("/api/users/import-preview", { method: "POST", body: csv, headers }).catch(() => null);
  const body: unknown = await response?.json().catch(() => null);
  if (response?.ok && body) return body as Preview;
  return (body as { error?: string } | null)?.error ?? "The server could not be reached. Try again.";
}
