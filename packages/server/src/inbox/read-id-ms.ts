/** The moment that a UUIDv7 begins with, milliseconds since 1970. */
export function readIdMs(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
