/*
 * A person's message stands in its thread where it came in, its `place`; its id begins with the moment that WhatsApp tells. How far
 * the two may lie apart is bounded, so that a part of a thread can be read by an index on ids.
 */

/** A message that comes later than this after its moment stands where it belongs, not where it came. */
export const LATE_MAX_MS = 10_000;

/** A place lies at most this long after the moment of its id: {@link LATE_MAX_MS}, and what ids run ahead of a clock. */
export const PLACE_AFTER_ID_MAX_MS = 30_000;

/** A place lies at most this long before the moment of its id, however far WhatsApp's clock goes ahead of ours. */
export const PLACE_BEFORE_ID_MAX_MS = 3_600_000;
