import { lookup } from "node:dns/promises";
import ipaddr from "ipaddr.js";

/**
 * Decides which addresses a call may reach whose target somebody else chose. Without it an integrator's
 * URL could make us talk to our own database, to the cloud's metadata service or to a neighbour.
 *
 * The rule is by kind of address, never by list of bad ones: only global unicast passes. A name is judged
 * by *every* address it has, and the caller connects to the addresses given back, not to the name, so a
 * second answer of the DNS (rebinding) changes nothing.
 */
export interface AddressGuard {
  /** What can be told without DNS: scheme, credentials, literal addresses, names like `localhost`. */
  checkUrl(text: string): UrlVerdict;
  /**
   * The addresses to connect to, in the order to try. `hostname` as in a URL, with or without brackets.
   * Rejects when the name does not resolve.
   */
  findAddresses(hostname: string, port: number): Promise<AddressVerdict>;
}

/** Answer of {@link AddressGuard.checkUrl}. `why` may be shown to the one who gave the URL. */
export type UrlVerdict = { kind: "allowed"; url: URL } | { kind: "refused"; why: string };

/** Answer of {@link AddressGuard.findAddresses}. `why` names no address that DNS gave. */
export type AddressVerdict =
  | { kind: "allowed"; addresses: string[] }
  | { kind: "refused"; why: string };

/** Settings of {@link createAddressGuard}. */
export interface AddressGuardOptions {
  /**
   * What the operator vouches for: `host:port` as it stands in a URL (whatever it resolves to), or an
   * address or CIDR range. An entry that is neither throws.
   */
  allow: readonly string[];
  /** All addresses of a name; the system's resolver unless a test hands one in. */
  resolve?: (hostname: string) => Promise<string[]>;
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** An {@link AddressGuard}. */
export function createAddressGuard(options: AddressGuardOptions): AddressGuard {
  const resolve = options.resolve ?? resolveWithSystem;
  const vouched = parseAllowList(options.allow);

  const mayReach = (text: string) => {
    const address = parseAddress(text);
    return address !== null && (isGlobalUnicast(address) || isInside(address, vouched.ranges));
  };
  const isVouched = (hostname: string, port: number) => vouched.hosts.has(`${hostname}:${port}`);

  return {
    checkUrl(text) {
      const url = URL.parse(text);
      if (!url) return refuse("this is not a URL");
      if (!DEFAULT_PORTS[url.protocol]) return refuse("only http and https are allowed");
      if (url.username || url.password) return refuse("a URL with credentials is not allowed");
      const hostname = withoutBrackets(url.hostname);
      const inside =
        isInnerName(hostname) || (parseAddress(hostname) !== null && !mayReach(hostname));
      if (inside && !isVouched(hostname, findPort(url))) return refuse(NOT_PUBLIC);
      return { kind: "allowed", url };
    },
    async findAddresses(rawHostname, port) {
      const hostname = withoutBrackets(rawHostname);
      const addresses = parseAddress(hostname) ? [hostname] : await resolve(hostname);
      if (addresses.length === 0) throw new Error(`${hostname} has no address`);
      const allowed = isVouched(hostname, port) || addresses.every(mayReach);
      return allowed ? { kind: "allowed", addresses } : refuse(NOT_PUBLIC);
    },
  };
}

/** The port that a http(s) URL leads to. */
export function findPort(url: URL): number {
  return Number(url.port) || (DEFAULT_PORTS[url.protocol] ?? 0);
}

const DEFAULT_PORTS: Partial<Record<string, number>> = { "http:": 80, "https:": 443 };

const NOT_PUBLIC = "the address is not public, and the operator has not allowed it";

/** Global unicast of IPv6 (RFC 4291 §2.4 with IANA's registry); the library lets ::7f00:1 pass. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR("2000::/3");

function isGlobalUnicast(address: Address): boolean {
  if (address.range() !== "unicast") return false;
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_IPV6);
}

function isInside(address: Address, ranges: readonly [Address, number][]): boolean {
  return ranges.some(([base, bits]) => base.kind() === address.kind() && address.match(base, bits));
}

/** An IPv4 address inside IPv6 (`::ffff:127.0.0.1`) is judged as the IPv4 address that it is. */
function parseAddress(text: string): Address | null {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text)
    ? ipaddr.process(text)
    : null;
}

function parseAllowList(entries: readonly string[]) {
  const hosts = new Set<string>();
  const ranges: [Address, number][] = [];
  for (const entry of entries) {
    const range = parseRange(entry);
    if (range) ranges.push(range);
    else hosts.add(parseHostAndPort(entry));
  }
  return { hosts, ranges };
}

function parseRange(entry: string): [Address, number] | null {
  const address = parseAddress(entry);
  if (address) return [address, address instanceof ipaddr.IPv4 ? 32 : 128];
  return ipaddr.isValidCIDR(entry) ? ipaddr.parseCIDR(entry) : null;
}

function parseHostAndPort(entry: string): string {
  const port = /:(\d{1,5})$/u.exec(entry)?.[1];
  const url = port === undefined ? null : URL.parse(`http://${entry}`);
  if (!url?.hostname || url.pathname !== "/" || url.username) {
    throw new Error(`${JSON.stringify(entry)} is neither host:port nor an address range`);
  }
  return `${withoutBrackets(url.hostname)}:${Number(port)}`;
}

/**
 * Names that never mean a machine of the public Internet, whatever a resolver says (RFC 6761, RFC 6762,
 * RFC 8375, ICANN's `.internal`), and names without a dot.
 */
const INNER_NAMES =
  /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home\.arpa|onion)$/u;

function isInnerName(hostname: string): boolean {
  if (parseAddress(hostname) !== null) return false;
  const name = hostname.replace(/\.+$/u, "");
  return !name.includes(".") || INNER_NAMES.test(name);
}

function withoutBrackets(hostname: string): string {
  return hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
}

async function resolveWithSystem(hostname: string): Promise<string[]> {
  const found = await lookup(hostname, { all: true });
  return found.map((entry) => entry.address);
}

function refuse(why: string): { kind: "refused"; why: string } {
  return { kind: "refused", why };
}
