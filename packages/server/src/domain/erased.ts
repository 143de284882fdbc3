/** What stands in `messages.mobile` once its person's data were erased: no number, and nobody's address. */
export const ERASED_MOBILE = "erased";

/** What stands in a webhook's body then. */
export const ERASED_BODY = '{"type":"erased"}';
