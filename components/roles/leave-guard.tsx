"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useRoleDraft } from "./draft-context";

/** Asks before a link or the browser leaves changes behind that are not stored. */
export function LeaveGuard() {
  const { isChanged, reset } = useRoleDraft();
  const [wanted, setWanted] = useState<string | null>(null);
  const router = useRouter();

  useEffect(() => {
    if (!isChanged) return;
    const unload = (event: BeforeUnloadEvent) => event.preventDefault();
    const click = (event: MouseEvent) => {
      const address = leadsAway(event);
      if (!address) return;
      event.preventDefault();
      event.stopPropagation();
      setWanted(address);
    };
    window.addEventListener("beforeunload", unload);
    // Before the links of the page themselves hear of it.
    window.addEventListener("click", click, { capture: true });
    return () => {
      window.removeEventListener("beforeunload", unload);
      window.removeEventListener("click", click, { capture: true });
    };
  }, [isChanged]);

  const leave = () => {
    setWanted(null);
    reset();
    if (wanted) router.push(wanted);
  };
  const stay = () => setWanted(null);
  return (
    <Dialog open={wanted !== null} onClose={stay} title="Leave without storing?">
      <div className="grid gap-4">
        <p>Your changes to this role are not stored yet.</p>
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={stay}>Stay here</Button>
          <Button variant="danger" onClick={leave}>
            Discard changes
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** @returns where a click would go within the product, or null when it stays on this page or opens something else. */
function leadsAway(event: MouseEvent): string | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || link.target === "_blank" || link.hasAttribute("download")) return null;
  const address = new URL(link.href, window.location.href);
  if (address.origin !== window.location.origin) return null;
  const there = address.pathname + address.search;
  return there === window.location.pathname + window.location.search ? null : there + address.hash;
}
