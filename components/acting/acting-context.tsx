"use client";
import { createContext, type ReactNode, useContext } from "react";

/** The role in which this part of the page was rendered: every form in it says so to the server. */
const ActingContext = createContext("");

export function ActingProvider({ actingKey, children }: { actingKey: string; children: ReactNode }) {
  return <ActingContext value={actingKey}>{children}</ActingContext>;
}

export const useActingKey = (): string => useContext(ActingContext);
