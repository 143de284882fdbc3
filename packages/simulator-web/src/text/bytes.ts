/** A file's size for people: `243 KB`, `1,2 MB`, in the language's own digits. */
export function formatBytes(bytes: number, language: string): string {
  const [value, unit] =
    bytes >= 1_000_000
      ? [bytes / 1_000_000, "MB"]
      : bytes >= 1000
        ? [Math.round(bytes / 1000), "KB"]
        : [bytes, "B"];
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value)} ${unit}`;
}
