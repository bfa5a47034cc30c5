"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";

type Props = { mode: "events" | "polling" | "off" };

const POLL_MS = 30_000;
/** Who does nothing for so long is not kept signed in by a page that refreshes itself. */
const IDLE_MS = 30 * 60_000;

/** Keeps the page as it is now without a reload, while somebody looks at it. Says so in a word. */
export function Live({ mode }: Props) {
  const router = useRouter();
  const [updating, start] = useTransition();
  const [state, setState] = useState<"live" | "paused" | "lost">("live");

  useEffect(() => {
    if (mode === "off") return;
    const refresh = () => start(() => router.refresh());
    return listen(mode, refresh, setState);
  }, [mode, router]);

  if (mode === "off") return null;
  const words = { live: "Live", paused: "Paused", lost: "Not live: no connection" };
  return (
    <p className="text-muted text-sm" title="The figures follow what happens, without a reload.">
      {updating ? "Updating" : words[state]}
    </p>
  );
}

/** @returns a function that stops listening. */
function listen(mode: "events" | "polling", changed: () => void, tell: (state: "live" | "paused" | "lost") => void) {
  let stop: (() => void) | null = null;
  let seenAt = Date.now();
  const isWatched = () => document.visibilityState === "visible" && Date.now() - seenAt < IDLE_MS;
  const begin = () => {
    stop ??= (mode === "events" && "EventSource" in window ? byEvents : byPolling)(changed, tell);
    tell("live");
  };
  const check = () => {
    if (isWatched()) return stop ?? begin();
    stop?.();
    stop = null;
    tell("paused");
  };
  const seen = () => {
    const wasPaused = stop === null;
    seenAt = Date.now();
    check();
    // What happened meanwhile nobody told.
    if (wasPaused && stop) changed();
  };
  const timer = setInterval(check, 60_000);
  const events = ["visibilitychange", "pointerdown", "keydown"] as const;
  for (const event of events) document.addEventListener(event, seen);
  if (isWatched()) begin();
  return () => {
    clearInterval(timer);
    for (const event of events) document.removeEventListener(event, seen);
    stop?.();
  };
}

type Listener = (changed: () => void, tell: (state: "live" | "lost") => void) => () => void;

const byEvents: Listener = (changed, tell) => {
  let polling: (() => void) | null = null;
  const source = new EventSource("/api/live");
  source.addEventListener("changed", changed);
  source.onopen = () => tell("live");
  source.onerror = () => {
    tell("lost");
    // The browser gives up on a refusal; then asking now and then is what is left.
    if (source.readyState === EventSource.CLOSED) polling ??= byPolling(changed, tell);
  };
  return () => {
    source.close();
    polling?.();
  };
};

const byPolling: Listener = (changed, tell) => {
  let known: string | null = null;
  const ask = async () => {
    const answer = await fetch("/api/live", { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return tell("lost");
    const { fingerprint } = (await answer.json()) as { fingerprint: string };
    tell("live");
    if (known !== null && known !== fingerprint) changed();
    known = fingerprint;
  };
  const timer = setInterval(() => void ask(), POLL_MS);
  void ask();
  return () => clearInterval(timer);
};
