import {
  IconAddressBook,
  IconAdjustments,
  IconBuilding,
  IconDeviceMobile,
  IconFlask,
  IconHistory,
  IconInbox,
  IconKey,
  IconMessages,
  IconRocket,
  IconSettings,
  IconTemplate,
  IconUsers,
  IconWallet,
  IconWebhook,
  type TablerIcon,
} from "@tabler/icons-react";
import type { es } from "../i18n/es.ts";
import type { WordKey } from "../i18n/words.ts";
import { operates, type Permission, type Session } from "../session/session.ts";

/** A place in the rail. */
export interface Place {
  to: string;
  icon: TablerIcon;
  word: WordKey<typeof es>;
  group: "work" | "integration" | "business" | "operator";
  /** Who lacks it does not see the place; null: everybody. `operator`: who runs the installation or sells. */
  needs: Permission | "operator" | null;
  /** Pages that are opened from within it and are part of it. */
  within?: readonly string[];
  /** Stands in a telephone's bar. */
  tab?: true;
  /** The second key of its shortcut, after G. */
  key: string;
}

/** Every place, in the order of the rail. Those with `tab` stand in a telephone's bar too. */
export const places: readonly Place[] = [
  {
    to: "/",
    within: ["/supervision", "/informes"],
    tab: true,
    icon: IconInbox,
    word: "nav.inbox",
    group: "work",
    needs: "inbox.read",
    key: "b",
  },
  {
    to: "/contactos",
    tab: true,
    icon: IconAddressBook,
    word: "nav.contacts",
    group: "work",
    needs: "inbox.read",
    key: "c",
  },
  {
    to: "/organizar",
    icon: IconAdjustments,
    word: "nav.inboxSettings",
    group: "work",
    needs: "inbox.reply",
    key: "z",
  },
  {
    to: "/inicio",
    icon: IconRocket,
    word: "nav.firstRun",
    group: "integration",
    needs: "webhooks.write",
    key: "i",
  },
  {
    to: "/mensajes",
    tab: true,
    icon: IconMessages,
    word: "nav.messages",
    group: "integration",
    needs: "inbox.read",
    key: "m",
  },
  {
    to: "/plantillas",
    icon: IconTemplate,
    word: "nav.templates",
    group: "integration",
    needs: "inbox.read",
    key: "p",
  },
  {
    to: "/webhooks",
    icon: IconWebhook,
    word: "nav.webhooks",
    group: "integration",
    needs: "webhooks.write",
    key: "w",
  },
  {
    to: "/probar",
    icon: IconFlask,
    word: "nav.tryIt",
    group: "integration",
    needs: "messages.send",
    key: "r",
  },
  {
    to: "/saldo",
    tab: true,
    icon: IconWallet,
    word: "nav.wallet",
    group: "business",
    needs: "wallet.read",
    key: "s",
  },
  {
    to: "/numeros",
    icon: IconDeviceMobile,
    word: "nav.channels",
    group: "business",
    needs: "settings.write",
    key: "n",
  },
  {
    to: "/personas",
    icon: IconUsers,
    word: "nav.people",
    group: "business",
    needs: "people.write",
    key: "e",
  },
  {
    to: "/tokens",
    icon: IconKey,
    word: "nav.tokens",
    group: "business",
    needs: "tokens.write",
    key: "t",
  },
  {
    to: "/auditoria",
    icon: IconHistory,
    word: "nav.audit",
    group: "business",
    needs: "audit.read",
    key: "u",
  },
  {
    to: "/ajustes",
    icon: IconSettings,
    word: "nav.settings",
    group: "business",
    needs: "settings.write",
    key: "a",
  },
  {
    to: "/operador",
    icon: IconBuilding,
    word: "nav.operator",
    group: "operator",
    needs: "operator",
    key: "o",
  },
];

/** The places that a person is shown. */
export function placesFor(session: Session): Place[] {
  return places.filter(({ needs }) => {
    if (needs === null) return true;
    return needs === "operator" ? operates(session) : session.person.permissions.includes(needs);
  });
}
