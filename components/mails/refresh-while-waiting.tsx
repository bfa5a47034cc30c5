"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";

const EVERY_MS = 1500;
const TIMES = 40;

/** While mails on the page are being read, looks again now and then, for a minute at most. `waiting` names them. */
export function RefreshWhileWaiting({ waiting }: { waiting: string }) {
  const router = useRouter();
  const looked = useRef({ waiting: "", times: 0 });

  useEffect(() => {
    if (!waiting) return;
    if (looked.current.waiting !== waiting) looked.current = { waiting, times: 0 };
    const timer = setInterval(() => {
      looked.current.times++;
      if (looked.current.times > TIMES) clearInterval(timer);
      else router.refresh();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [waiting, router]);

  return null;
}
