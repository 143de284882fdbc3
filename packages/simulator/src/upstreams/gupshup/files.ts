import type { OfficialNumber } from "../../store/numbers.ts";

/** Where a person's file is fetched, without a key (fact sheet 4.9). */
export function formatFileUrl(number: OfficialNumber, mediaId: string, baseUrl: string): string {
  return `${baseUrl}/gupshup/wa/${number.id}/wa/media/${mediaId}?download=false`;
}
