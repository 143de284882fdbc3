const listeners = new Set<(address: string) => void>();

/** Tells the session that a call was answered with 401. */
export function announceSignedOut(address: string): void {
  for (const listener of listeners) listener(address);
}

/** Calls back whenever the server no longer knows this browser; answers the way to stop. */
export function onSignedOut(listener: (address: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
