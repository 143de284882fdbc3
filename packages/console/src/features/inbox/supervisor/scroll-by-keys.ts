/** A table that is wider than the screen is scrolled by keys too. */
export const SCROLL_BY_KEYS = { viewportProps: { tabIndex: 0 } } as const;
