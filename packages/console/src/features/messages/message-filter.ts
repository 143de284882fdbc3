import type { message } from "@recado/contract/v1/messages";

/** Where a message stands. */
export type MessageStatus = (typeof message)["_zod"]["output"]["status"];

/** Which messages are listed, as it stands in the address of the page. */
export interface MessageFilter {
  celular?: string | undefined;
  campo?: string | undefined;
  estado?: MessageStatus | undefined;
  sentido?: "in" | "out" | undefined;
}

/** In the order of a message's life. */
export const MESSAGE_STATUSES: readonly MessageStatus[] = [
  ...(["held", "scheduled", "accepted", "submitted", "sent"] as const),
  ...(["delivered", "read", "failed", "cancelled", "received"] as const),
];

/** Reads an address; what makes no sense is left out. */
export function readMessageFilter(search: Record<string, unknown>): MessageFilter {
  const { celular, campo, estado, sentido } = search;
  const digits = String(celular ?? "").replace(/\D/gu, "");
  return {
    celular: digits === "" ? undefined : digits,
    campo: typeof campo === "string" && campo !== "" ? campo : undefined,
    estado: MESSAGE_STATUSES.find((status) => status === estado),
    sentido: sentido === "in" || sentido === "out" ? sentido : undefined,
  };
}
