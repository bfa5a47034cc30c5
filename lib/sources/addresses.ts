import { BlockList, isIP } from "node:net";

/** @returns an entry of a list of allowed addresses as address, family and bits; null for anything else. "10.0.0.0/8", "::1". */
export function readNetwork(text: string): { address: string; family: "ipv4" | "ipv6"; bits: number } | null {
  const [, address = "", given] = /^([\da-f.:]+)(?:\/(\d{1,3}))?$/i.exec(text.trim()) ?? [];
  const version = isIP(address);
  if (version === 0) return null;
  const most = version === 4 ? 32 : 128;
  const bits = given === undefined ? most : Number(given);
  return bits <= most ? { address, family: version === 4 ? "ipv4" : "ipv6", bits } : null;
}

/** @returns a question whether an address is in one of the networks; IPv4 in IPv6 (`::ffff:10.0.0.1`) counts as IPv4. */
export function allowing(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const network of networks) {
    const read = readNetwork(network);
    if (read) list.addSubnet(read.address, read.bits, read.family);
  }
  return (address) => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
    const version = isIP(plain);
    return version !== 0 && list.check(plain, version === 4 ? "ipv4" : "ipv6");
  };
}
