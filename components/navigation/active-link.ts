/** The one address of a menu that the person is in: the longest that is `path` or stands above it; null if none does. */
export function activeHref(path: string, hrefs: string[]): string | null {
  const above = hrefs.filter((href) => path === href || path.startsWith(`${href}/`));
  return above.sort((a, b) => b.length - a.length)[0] ?? null;
}
