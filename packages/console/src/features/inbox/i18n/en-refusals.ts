import type { esRefusals } from "./es-refusals.ts";

/** Why a template cannot be sent. */
export const enRefusals: Record<keyof typeof esRefusals, string> = {
  no_price: "There is no price for this person's country.",
  category_guard: "WhatsApp made it dearer, and it was stopped.",
  opted_out: "The person wants no marketing.",
  insufficient_balance: "The balance does not pay for it.",
  number_hidden: "The person hides the number: this template cannot be sent.",
  other: "It cannot be sent now.",
};
