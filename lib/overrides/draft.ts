import type { Match, Scope, Treatable } from "./types";

/** A customer or a job with its name for people. */
export type Target = { id: string; label: string };

/** The form of an override as it is first shown. Pure: for both sides. */
export type Draft = {
  scope: Scope;
  software: string;
  customer: Target | null;
  job: Target | null;
  object: string;
  statuses: readonly Treatable[];
  match: Match;
  matchText: string;
  /** As fields for date and time have them. */
  starts: string;
  ends: string;
  reason: string;
};

/** How long the text of a message to look for may be. */
export const MATCH_MOST = 500;

/** @param starts such as "2026-11-27T18:00". */
export const emptyDraft = (starts: string): Draft => ({
  scope: "job",
  software: "",
  customer: null,
  job: null,
  object: "",
  statuses: [],
  match: "any",
  matchText: "",
  starts,
  ends: "",
  reason: "",
});
