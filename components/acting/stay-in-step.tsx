"use client";
import { useEffect } from "react";
import { useActingKey } from "./acting-context";
import { onRoleChange, reloadDocument } from "./leave";

/**
 * Stands in the layout with the role that the navigation bar was rendered for, and in every page (`of`): when a page
 * comes back in another role, when another tab switched, or when the browser shows a kept page, the document is loaded anew.
 */
export function StayInStep({ of }: { of?: string }) {
  const layoutKey = useActingKey();

  useEffect(() => {
    if (of !== undefined && of !== layoutKey) reloadDocument();
  }, [of, layoutKey]);

  useEffect(() => {
    if (of !== undefined) return;
    const reloadKept = (event: PageTransitionEvent) => event.persisted && reloadDocument();
    window.addEventListener("pageshow", reloadKept);
    const stop = onRoleChange(reloadDocument);
    return () => {
      window.removeEventListener("pageshow", reloadKept);
      stop();
    };
  }, [of]);

  return null;
}
