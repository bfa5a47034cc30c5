import { Announce } from "@/components/mails/announce";
import type { SearchParams } from "@/lib/list";

/** What was done before one was sent on to this job. The address only says which of the two, so nobody can put words into it. */
export function JobNews({ name, params }: { name: string; params: SearchParams }) {
  if (params.merged) return <Announce sentence={`The other job is now part of ${name}.`} />;
  if (params.split) return <Announce sentence={`${name} was split off.`} />;
  return null;
}
