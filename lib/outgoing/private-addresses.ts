import { BlockList, isIP } from "node:net";

/** Addresses that no public server has (IANA special-purpose registries): a call there would reach into our own network. */
const closed = new BlockList();
const v4: [string, number][] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
];
for (const [network, bits] of v4) closed.addSubnet(network, bits, "ipv4");
// Of IPv6 only 2000::/3 is public; in it tunnels carry IPv4 addresses of any kind, and documentation has a part.
const closed6 = new BlockList();
for (const [network, bits] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const)
  closed6.addSubnet(network, bits, "ipv6");
const open6 = new BlockList();
open6.addSubnet("2000::", 3, "ipv6");

/** @param address an IPv4 or IPv6 address in digits. @returns whether it is not one of the public internet. */
export function isPrivate(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return closed.check(address, "ipv4");
  if (version === 6) return !open6.check(address, "ipv6") || closed6.check(address, "ipv6");
  return true;
}
