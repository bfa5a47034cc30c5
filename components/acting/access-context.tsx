"use client";
import { createContext, type ReactNode, useContext } from "react";
import type { Right } from "@/lib/access/registry";

export type OwnRole = { id: string; name: string; rights: Right[] };
type Own = {
  roles: OwnRole[];
  activeIds: string[];
  /** The role that is only looked at. */
  preview: OwnRole | null;
};

const AccessContext = createContext<Own>({ roles: [], activeIds: [], preview: null });

/** The person's own roles, for the page that explains a refusal. */
export function AccessProvider({ children, ...own }: Own & { children: ReactNode }) {
  return <AccessContext value={own}>{children}</AccessContext>;
}

export const useOwnRoles = (): Own => useContext(AccessContext);
