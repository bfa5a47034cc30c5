"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

type Props = {
  when: boolean;
  /** Takes the changes back, where the next address shows the same page. */
  onLeave?: () => void;
};

/** While there are changes that nobody stored: leaving the page, by a link or with the browser, asks first. */
export function UnsavedChanges({ when, onLeave }: Props) {
  const router = useRouter();
  const [target, setTarget] = useState<string | null>(null);

  useEffect(() => {
    if (!when) return;
    const stopUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    // Before the router sees it.
    const stopLink = (event: MouseEvent) => {
      const address = leavingBy(event);
      if (!address) return;
      event.preventDefault();
      event.stopPropagation();
      setTarget(address);
    };
    window.addEventListener("beforeunload", stopUnload);
    document.addEventListener("click", stopLink, { capture: true });
    return () => {
      window.removeEventListener("beforeunload", stopUnload);
      document.removeEventListener("click", stopLink, { capture: true });
    };
  }, [when]);

  const leave = () => {
    onLeave?.();
    if (target) router.push(target);
    setTarget(null);
  };
  return (
    <Dialog
      open={target !== null}
      onClose={() => setTarget(null)}
      title="Leave without storing your changes?"
      footer={
        <>
          <Button onClick={() => setTarget(null)}>Stay</Button>
          <Button variant="danger" onClick={leave}>
            Leave
          </Button>
        </>
      }
    >
      <p>What you changed on this page is not stored yet.</p>
    </Dialog>
  );
}

/** @returns the address of this product that a plain click on a link leads away to, or null. */
function leavingBy(event: MouseEvent): string | null {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return null;
  const link = (event.target as Element | null)?.closest<HTMLAnchorElement>("a[href]");
  if (!link || link.target || link.hasAttribute("download") || link.origin !== window.location.origin) return null;
  const isHere = link.pathname === window.location.pathname && link.search === window.location.search;
  return isHere ? null : link.pathname + link.search + link.hash;
}
