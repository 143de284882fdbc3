import { randomBytes } from "node:crypto";

/**
 * A new message id, built as real ones decode (fact sheet 1.3): the user's number stands in it in both directions.
 *
 * @param mobile digits of the user
 * @param random nine bytes that make it the only one
 */
export function createWamid(
  mobile: string,
  direction: "to-user" | "from-user",
  random = randomBytes(9),
): string {
  const isOutbound = direction === "to-user";
  const id = isOutbound
    ? random.toString("hex").toUpperCase()
    : `3A${random.toString("hex").toUpperCase()}`;
  const bytes = Buffer.concat([
    Buffer.from([0x1c, 0x18, mobile.length]),
    Buffer.from(mobile, "ascii"),
    Buffer.from([0x15, 0x02, 0x00, isOutbound ? 0x11 : 0x12, 0x18, id.length]),
    Buffer.from(id, "ascii"),
    Buffer.from([0x00]),
  ]);
  return `wamid.${bytes.toString("base64")}`;
}
