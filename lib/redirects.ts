/**
 * Where to go after signing in. @param next what the address bar brought: anybody may have made it.
 * @returns a path on this host; "/dashboard" for everything that is not clearly one.
 */
export function safeNext(next: unknown): string {
  if (
    typeof next !== "string" ||
    !/^\/(?![/\\])[\w\-./?=&%~,+:[\]]*$/.test(next) ||
    /%(2f|5c|0[0-9a-f]|1[0-9a-f]|7f)/i.test(next)
  )
    return "/dashboard";
  const url = new URL(next, "http://own.invalid");
  // Once more, as dots are resolved by now: "/.//x" has become "//x", which is another host.
  if (url.host !== "own.invalid" || url.pathname.startsWith("//") || /^\/(login|setup|api)(\/|$)/.test(url.pathname))
    return "/dashboard";
  return url.pathname + url.search;
}
