/**
 * What the browser may do on the console: talk to this server and run its files, nothing else. `nonce` is for the styles that
 * libraries add to the page; scripts in it are never run.
 */
export function formatPagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** What every file of the console is sent with. */
export const FILE_HEADERS = {
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "same-origin",
} as const;

/** What the page itself is sent with, besides its policy. It is never kept: it names the files of its own build. */
export const PAGE_HEADERS = {
  ...FILE_HEADERS,
  "cache-control": "no-store",
  "cross-origin-opener-policy": "same-origin",
  "x-frame-options": "DENY",
  // Voice notes are recorded; nothing else of the machine is asked for.
  "permissions-policy": "microphone=(self), camera=(), geolocation=(), payment=(), usb=()",
} as const;
