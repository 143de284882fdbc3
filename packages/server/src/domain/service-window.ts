/** WhatsApp's service window (Cloud API, "customer service windows"): 24 hours after the person's last message. */
export const SERVICE_WINDOW_MS = 24 * 3_600_000;
