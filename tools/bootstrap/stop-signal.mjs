const stopSignals = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * An AbortSignal that aborts at the first SIGINT, SIGTERM or SIGHUP; its reason names it. Later ones are
 * swallowed on purpose: npm and a terminal can each pass the same Ctrl-C on to us, and the second must not cut
 * short an orderly stop.
 */
export function stopOnSignals() {
  const controller = new AbortController();
  for (const name of stopSignals) {
    process.on(name, () => controller.abort(new Error(`stopped by ${name}`)));
  }
  return controller.signal;
}
