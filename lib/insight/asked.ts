import { isAggregate, type Right, rights } from "../access/registry";
import type { SearchParams } from "../list";

/** What the address asks: `?right=resources.view&element=<id>`. Pure: for both sides. */
export type Asked = { right: Right | null; element: string };

/** @returns what is asked; anything unknown counts as absent. */
export function readAsked(params: SearchParams): Asked {
  const right = rights.find((entry) => entry.right === params.right)?.right ?? null;
  const element = right && isAggregate(right) && typeof params.element === "string" ? params.element : "";
  return { right, element };
}

/** @returns the address of the user's page with the question. */
export function hrefOfAsked(userId: string, { right, element }: Asked): string {
  const params = new URLSearchParams({ ...(right && { right }), ...(element && { element }) });
  return `/settings/users/${userId}?${params}`;
}
