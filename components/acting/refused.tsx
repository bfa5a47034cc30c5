"use client";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { pageAt, rights } from "@/lib/access/registry";
import { useOwnRoles } from "./access-context";
import { reloadDocument } from "./leave";
import { SwitchToRole } from "./switch-to-role";

/** Status 403: names the missing right, and offers a role of the person's own that has it. */
export function Refused() {
  const path = usePathname();
  const { roles, activeIds } = useOwnRoles();
  const gate = pageAt(path)?.gate;
  const missing = rights.find(({ right }) => right === gate);
  const active = roles.filter(({ id }) => activeIds.includes(id));
  useFreshDocument(path);

  if (roles.length === 0) {
    return (
      <>
        <title>You can't open this page</title>
        <PageHeader title="You can't open this page" />
        <EmptyState title="You have no role. Ask an administrator." />
      </>
    );
  }
  const others = roles.filter((role) => missing && role.rights.includes(missing.right) && !activeIds.includes(role.id));
  return (
    <>
      <title>You can't open this page</title>
      <PageHeader title="You can't open this page" />
      <EmptyState
        title={missing ? `It needs the right "${missing.label}" (${missing.right}).` : "Your role may not do this."}
        action={
          others.length > 0 && (
            <div className="flex flex-wrap justify-center gap-2">
              {others.map((role) => (
                <SwitchToRole key={role.id} role={role} address={path} />
              ))}
            </div>
          )
        }
      >
        You are acting as {active.map(({ name }) => name).join(" + ")}.{" "}
        {others.length > 0 ? "Another of your roles may open it." : "Ask an administrator for a role that may open it."}
      </EmptyState>
    </>
  );
}

/** Reached by a click, the navigation bar may still be that of the former role: load the whole document once. */
function useFreshDocument(path: string): void {
  const loaded = useRef(
    typeof performance === "undefined"
      ? ""
      : new URL(performance.getEntriesByType("navigation")[0]?.name ?? "http://none.invalid").pathname,
  );
  useEffect(() => {
    if (loaded.current !== path) reloadDocument();
  }, [path]);
}
