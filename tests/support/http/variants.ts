/** A way of asking for a page that router and middleware may understand differently. */
export type Variant = { name: string; path: string; headers?: Record<string, string> };

/**
 * Header and address variants that opened pages of this framework before (bar 1): each must give no more than the plain
 * request. @param id of the planted row, where the page has one.
 */
export function variantsOf(address: string, pattern: string): Variant[] {
  const id = pattern.includes("[id]") ? address.split("/").at(-1) : undefined;
  const segments = `/${pattern.slice(1).replace("[id]", `$d$id$${id}`)}`;
  return [
    ...headerVariants(address, segments),
    ...addressVariants(address),
    ...(id ? parameterVariants(pattern, id) : []),
  ];
}

function headerVariants(address: string, segments: string): Variant[] {
  const rsc = { rsc: "1", accept: "text/x-component" };
  const headers: Record<string, Record<string, string>> = {
    "router prefetch": { "next-router-prefetch": "1" },
    "purpose prefetch": { purpose: "prefetch", "sec-purpose": "prefetch" },
    RSC: rsc,
    "RSC prefetch": { ...rsc, "next-router-prefetch": "1" },
    "RSC of the page alone": { ...rsc, "next-router-state-tree": stateTree(address) },
    "segment tree": { ...rsc, "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" },
    "segment of the page": {
      ...rsc,
      "next-router-prefetch": "1",
      "next-router-segment-prefetch": `/!KGFwcCk${segments}/__PAGE__`,
    },
    "data request": { "x-nextjs-data": "1" },
    "matched path": { "x-matched-path": "/login", "x-invoke-path": "/login", "x-now-route-matches": "1" },
    rewritten: { "x-middleware-rewrite": address, "x-middleware-next": "1", "x-middleware-override-headers": "cookie" },
    forwarded: { "x-forwarded-host": "127.0.0.1", "x-original-url": address, "x-rewrite-url": address },
  };
  for (const value of ["middleware", "src/middleware", "pages/_middleware", "1"])
    headers[`subrequest ${value}`] = { "x-middleware-subrequest": Array(5).fill(value).join(":") };
  return Object.entries(headers).map(([name, sent]) => ({ name, path: address, headers: sent }));
}

/** The client has everything down to the layout and asks only for the page. */
function stateTree(address: string): string {
  const leaf = address.slice(1).split("/").reverse();
  const tree = leaf.reduce<unknown>((below, part) => [part, { children: below }], ["__PAGE__", {}, null, "refetch"]);
  return encodeURIComponent(JSON.stringify(["", { children: ["(app)", { children: tree }] }, null, null]));
}

function addressVariants(address: string): Variant[] {
  const first = address.slice(1, 2);
  const encoded = `/%${first.charCodeAt(0).toString(16)}${address.slice(2)}`;
  const paths = [
    ...[`${address}.rsc`, `${address}.prefetch.rsc`, `${address}.segments/_tree.segment.rsc`],
    ...[`${address}.segments/!KGFwcCk${address}/__PAGE__.segment.rsc`, `${address}.txt`, `${address}.json`],
    ...[encoded, `/${address}`, `${address}/`, `${address}//`, address.toUpperCase(), `/(app)${address}`],
    ...[`${address}?_rsc=1`, `${address}?nxtPid=1`, `/login/..${address}`, `/login/%2e%2e${address}`, `/.${address}`],
    ...[`/login?__nextLocale=en&next=${address}`, `${address};x=1`, `/\\${address}`, `/_next/data/x${address}.json`],
  ];
  return paths.map((path) => ({ name: path, path, headers: path.includes("rsc") ? { rsc: "1" } : undefined }));
}

/** The row named in a parameter of the framework's own instead of the address. */
function parameterVariants(pattern: string, id: string): Variant[] {
  const other = pattern.replace("[id]", "x");
  return [
    `${other}?nxtPid=${id}`,
    `${other}?nextParamid=${id}`,
    `${pattern}?nxtPid=${id}&id=${id}`,
    `/login?nxtPid=${id}`,
  ].map((path) => ({ name: path, path: path.replace("[id]", "%5Bid%5D") }));
}
