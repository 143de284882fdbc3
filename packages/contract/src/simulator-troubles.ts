/**
 * What is wrong with a simulated number, for trying what a gateway makes of it.
 *
 * `POST /sim/troubles/<number id>` → NumberTroubles: replaces all of them; `{}` heals the number.
 */
export interface NumberTroubles {
  /** Meta: the token is expired, or it expires then (ISO 8601). */
  tokenExpired?: boolean;
  tokenExpiresAt?: string;
  /** Meta: permissions that the token lacks. */
  missingPermissions?: ("whatsapp_business_messaging" | "whatsapp_business_management")[];
  /** Meta: as `GET /{phone_number_id}` shows it; `CONNECTED` without. */
  status?: string;
  qualityRating?: "GREEN" | "YELLOW" | "RED";
  nameStatus?: string;
  /** Gupshup: what the wallet has, in US dollars; without it that call is answered as to new accounts. */
  walletBalance?: number;
  /** Gupshup: what the app's one subscription listens to; without it everything. */
  subscribedModes?: string[];
}
