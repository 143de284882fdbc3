/** Milliseconds since 1970; handed in, so that a test can move it. */
export type Clock = () => number;

/** The machine's own clock. */
export const systemClock: Clock = () => Date.now();
