"use client";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { pageAt } from "@/lib/access/registry";
import { refusal } from "@/lib/insight/explain";
import { useOwnRoles } from "./access-context";
import { reloadDocument } from "./leave";
import { SwitchToRole } from "./switch-to-role";

/** Status 403: names the missing right, and offers a role of the person's own that has it. */
export function Refused() {
  const path = usePathname();
  const { title, hint, others } = useRefusal(path);
  useFreshDocument(path);

  return (
    <>
      <title>You can't open this page</title>
      <PageHeader title="You can't open this page" />
      <EmptyState
        title={title}
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
        {hint}
      </EmptyState>
    </>
  );
}

function useRefusal(path: string) {
  const { roles, activeIds, preview } = useOwnRoles();
  const gate = pageAt(path)?.gate;
  const active = roles.filter(({ id }) => activeIds.includes(id));
  const names = active.map(({ name }) => name);
  const right = gate === "public" || gate === "signed-in" ? undefined : gate;
  const holds = (role: { rights: string[] }) => right !== undefined && role.rights.includes(right);

  if (roles.length === 0) return { title: "You have no role. Ask an administrator.", others: [] };
  if (preview && right && !holds(preview))
    return { title: refusal([preview.name], right, []), hint: "This is a preview of that role.", others: [] };
  const acting = `You are acting as ${names.join(" + ")}.`;
  // The page itself is open to the role: what was refused is something that was tried on it.
  if (!right || active.some(holds)) return { title: "Your role may not do this.", hint: acting, others: [] };
  // A preview is left before anything else is done.
  const others = preview ? [] : roles.filter((role) => holds(role) && !activeIds.includes(role.id));
  return {
    title: refusal(
      names,
      right,
      others.map(({ name }) => name),
    ),
    hint: others.length > 0 ? acting : `${acting} Ask an administrator for a role that may open this page.`,
    others,
  };
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
