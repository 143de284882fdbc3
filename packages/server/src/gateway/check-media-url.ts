import ipaddr from "ipaddr.js";

/** Whether a URL may stand for a file. `why` can be shown to the caller. */
export type MediaUrlCheck = { kind: "ok" } | { kind: "refused"; why: string };

/** Names that never mean a machine of the public Internet (RFC 6761, RFC 6762, RFC 8375, ICANN's `.internal`). */
const INNER_NAMES =
  /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home\.arpa|onion)$/u;

const INSIDE = "it leads inside a private network";

/**
 * Looks at a URL without asking the network: `http` or `https`, no credentials in it, and a host that is
 * not plainly inside somebody's network: loopback, private, link-local, multicast, IPv4 in other dress,
 * names like `localhost` and names without a dot. `allowedHosts` lists exceptions as `host:port`. Where a
 * name leads is for whoever connects to check: it can change until then.
 */
export function checkMediaUrl(text: string, allowedHosts: ReadonlySet<string>): MediaUrlCheck {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) {
    return { kind: "refused", why: "it is not a http or https URL" };
  }
  if (url.username !== "" || url.password !== "") {
    return { kind: "refused", why: "it carries credentials" };
  }
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  if (allowedHosts.has(`${url.hostname}:${port}`)) return { kind: "ok" };
  return isInside(url.hostname) ? { kind: "refused", why: INSIDE } : { kind: "ok" };
}

/** `hostname` as the URL standard writes it, so `2130706433` and `0x7f.1` are `127.0.0.1` already. */
function isInside(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/gu, "").replace(/\.+$/u, "");
  if (ipaddr.isValid(host)) return ipaddr.parse(host).range() !== "unicast";
  return !host.includes(".") || INNER_NAMES.test(host);
}
