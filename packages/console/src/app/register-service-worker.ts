/** Makes the console installable, and shows its frame without a network. It keeps files, never answers. */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  // Plain http on another host than this machine has no service workers; all works without.
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => undefined));
}
