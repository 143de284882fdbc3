import type { Say } from "../../i18n/words.ts";
import { confirm } from "../../ui/confirm/confirm.ts";
import type { es } from "./i18n/es.ts";

/** Asks before something goes that many conversations may have; whether it is to go. */
export function confirmRemoval(
  say: Say<typeof es>,
  what: "labels" | "teams" | "canned",
  name: string,
): Promise<boolean> {
  return confirm({
    title: say("remove", { name }),
    text: say(`${what}.removeSure`),
    action: say("removeYes"),
    dangerous: true,
  });
}
