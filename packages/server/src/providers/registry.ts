import { gupshup } from "./gupshup/gupshup.ts";
import { metaCloud } from "./meta-cloud/meta-cloud.ts";
import type { Provider, ProviderName } from "./provider.ts";

/** Every driver, by its name. A new one is a folder, a name in `provider.ts` and a line here. */
export const providers: Readonly<Record<ProviderName, Provider>> = {
  "meta-cloud": metaCloud,
  gupshup,
};

/** The driver of a name that came from outside; null when there is none. */
export function findProvider(name: string): Provider | null {
  return Object.hasOwn(providers, name) ? providers[name as ProviderName] : null;
}
