"use client";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useCallback, useContext, useState } from "react";
import { type Sent, sendFile } from "./send-file";

/** How many files are under way at the same time. */
const LANES = 2;

type Refusal = { id: number; sentence: string };
export type Progress = { total: number; done: number; taken: number; known: number; refusals: Refusal[] };
type Uploads = {
  progress: Progress | null;
  start: (files: readonly File[], actingKey: string) => void;
  clear: () => void;
};

const UploadsContext = createContext<Uploads>({ progress: null, start: () => {}, clear: () => {} });

/** What is being uploaded: by the button of the page, or by what is dropped on it. */
export const useUploads = (): Uploads => useContext(UploadsContext);

export function UploadsProvider({ children }: { children: ReactNode }) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const router = useRouter();

  const start = useCallback(
    (files: readonly File[], actingKey: string) => {
      if (files.length === 0) return;
      setProgress((now) =>
        now && now.done < now.total ? { ...now, total: now.total + files.length } : begin(files.length),
      );
      const queue = [...files];
      const work = async () => {
        for (let file = queue.shift(); file; file = queue.shift()) {
          const sent = await sendFile(file, actingKey);
          setProgress((now) => now && counted(now, sent));
        }
      };
      Promise.all(Array.from({ length: LANES }, work)).then(() => router.refresh());
    },
    [router],
  );
  const clear = useCallback(() => setProgress(null), []);

  return <UploadsContext value={{ progress, start, clear }}>{children}</UploadsContext>;
}

const begin = (total: number): Progress => ({ total, done: 0, taken: 0, known: 0, refusals: [] });

function counted(now: Progress, sent: Sent): Progress {
  const { done, taken, known, refusals } = now;
  return {
    ...now,
    done: done + 1,
    taken: taken + (sent.kind === "taken" ? 1 : 0),
    known: known + (sent.kind === "known" ? 1 : 0),
    refusals: sent.kind === "refused" ? [...refusals, { id: done, sentence: sent.sentence }] : refusals,
  };
}
