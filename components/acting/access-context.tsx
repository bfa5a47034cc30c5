"use client";
import { createContext, type ReactNode, useContext } from "react";
import type { Right } from "@/lib/access/registry";

export type OwnRole = { id: string; name: string; rights: Right[] };
type Own = { roles: OwnRole[]; activeIds: string[] };

const AccessContext = createContext<Own>({ roles: [], activeIds: [] });

/** The person's own roles, for the page that explains a refusal. */
export function AccessProvider({ roles, activeIds, children }: Own & { children: ReactNode }) {
  return <AccessContext value={{ roles, activeIds }}>{children}</AccessContext>;
}

export const useOwnRoles = (): Own => useContext(AccessContext);
