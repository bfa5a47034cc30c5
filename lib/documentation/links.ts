/**
 * @param url as it is written in the manual: `users-and-roles.md#bulk`, so that the files can be read without the product too;
 * `#bulk`; or the address of a screen. @returns where it leads inside of the product.
 */
export function hrefOfLink(url: string): string {
  const [, slug, anchor = ""] = /^([a-z0-9-]+)\.md(#.*)?$/.exec(url) ?? [];
  return slug ? `/documentation/${slug}${anchor}` : url;
}
