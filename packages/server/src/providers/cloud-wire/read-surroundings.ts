import type { MessageContent } from "@recado/contract/v1/message-content";
import { shortTextOf } from "./short-text.ts";
import { type JsonRecord, listOf, recordOf } from "./untrusted-json.ts";

/**
 * What may stand around a message of any type (fact sheet §3.4): that it was forwarded, the product it asks
 * about, the advertisement that led here, what WhatsApp could not hand over.
 */
export function readSurroundings(message: JsonRecord): MessageContent {
  const context = recordOf(message.context);
  const found: MessageContent = {};
  if (context?.frequently_forwarded === true) found.forwarded = "often";
  else if (context?.forwarded === true) found.forwarded = "once";
  const product = recordOf(context?.referred_product);
  if (product !== null) {
    found.product = {
      catalog_id: shortTextOf(product.catalog_id),
      product_id: shortTextOf(product.product_retailer_id),
    };
  }
  const referral = recordOf(message.referral);
  if (referral !== null) found.referral = readReferral(referral);
  const error = recordOf(listOf(message.errors)[0]);
  if (error !== null) {
    const reason = shortTextOf(recordOf(error.error_data)?.details) ?? shortTextOf(error.title);
    found.problem = { code: shortTextOf(error.code), reason, type: null };
  }
  return found;
}

/** The advertisement (§3.4 `referral`); Gupshup's has the same members (its fact sheet §4.9). */
export function readReferral(referral: JsonRecord): NonNullable<MessageContent["referral"]> {
  return {
    source_type: shortTextOf(referral.source_type),
    source_id: shortTextOf(referral.source_id),
    source_url: shortTextOf(referral.source_url),
    headline: shortTextOf(referral.headline),
    body: shortTextOf(referral.body),
    media_type: shortTextOf(referral.media_type),
    media_url: shortTextOf(referral.image_url) ?? shortTextOf(referral.video_url),
    click_id: shortTextOf(referral.ctwa_clid),
  };
}
