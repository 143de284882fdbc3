/** The address of a one-time link. Its secret stands behind #: it reaches no server's log and no other site. */
export function formatLink(publicUrl: string, secret: string): string {
  return `${publicUrl}/link#${secret}`;
}
