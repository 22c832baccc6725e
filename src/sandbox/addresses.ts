// Which IP addresses are on the public internet. IANA's registries of special-purpose addresses (RFC 6890) say which are not.
import { BlockList, isIPv4, isIPv6 } from "node:net";

const NOT_PUBLIC: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  // Metadata of most clouds; that of Azure is below.
  ["169.254.0.0", 16],
  ["168.63.129.16", 32],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.31.196.0", 24],
  ["192.52.193.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["192.175.48.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  // Multicast, and what is reserved above it up to broadcast.
  ["224.0.0.0", 3],
];
/** What IPv6 has outside of global unicast, mapped and translated IPv4 included, is refused as a whole. */
const GLOBAL_UNICAST = ["2000::", 3] as const;
/** What is special within: protocols and tunnels (Teredo, 6to4), documentation. */
const NOT_PUBLIC_IPV6: readonly (readonly [string, number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["2620:4f:8000::", 48],
  ["3fff::", 20],
];

const refused = new BlockList();
for (const [address, bits] of NOT_PUBLIC) refused.addSubnet(address, bits, "ipv4");
for (const [address, bits] of NOT_PUBLIC_IPV6) refused.addSubnet(address, bits, "ipv6");
const unicast = new BlockList();
unicast.addSubnet(...GLOBAL_UNICAST, "ipv6");

/** Whether an address can belong to a machine on the public internet. */
export function isPublic(address: string): boolean {
  if (isIPv4(address)) return !refused.check(address, "ipv4");
  // A zone id makes an address one of this machine's links.
  if (!isIPv6(address) || address.includes("%")) return false;
  return unicast.check(address, "ipv6") && !refused.check(address, "ipv6");
}

/** A host or an address in the one form that URLs give it, so that it can be compared; as it is when it is none. */
export function canonicalHost(host: string): string {
  const text = isIPv6(host) ? `[${host}]` : host;
  return URL.parse(`http://${text}`)?.hostname ?? host;
}
