const stopSignals = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * An AbortSignal that aborts at the first SIGINT, SIGTERM or SIGHUP; its reason is the signal's name. Later ones are
 * swallowed on purpose: npm and a terminal can each pass the same Ctrl-C on to us, and the second must not cut
 * short an orderly stop.
 */
export function stopOnSignals() {
  const controller = new AbortController();
  for (const name of stopSignals) {
    process.on(name, () => controller.abort(new StopRequested(name)));
  }
  return controller.signal;
}

/** Somebody asked us to stop while we were still preparing: not a failure. */
export class StopRequested extends Error {
  constructor(signalName) {
    super(`stopped by ${signalName}`);
    this.signalName = signalName;
  }
}
