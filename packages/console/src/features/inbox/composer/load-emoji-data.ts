/** An emoji of emojibase's compact data (emojibase.dev, "Compact format"). */
interface CompactEmoji {
  label: string;
  unicode: string;
  group?: number;
  tags?: string[];
}

interface Messages {
  groups: { order: number; message: string }[];
  skinTones: { key: string; message: string }[];
}

/** Signs out of which other emoji are made; nobody looks for them. */
const COMPONENTS = 2;

/** Names of all emoji in a language, as frimousse wants them. Fetched from our own house, once. */
export async function loadEmojiData(locale: string) {
  const [emojis, messages] = await (locale === "en" ? loadEnglish() : loadSpanish());
  const skinTones = Object.fromEntries(
    messages.skinTones.map(({ key, message }) => [key, message]),
  ) as Record<"dark" | "light" | "medium" | "medium-dark" | "medium-light", string>;
  return {
    locale,
    emojis: emojis
      .filter(({ group }) => group !== undefined && group !== COMPONENTS)
      .map(({ unicode, group = 0, label, tags = [] }) => ({
        ...{ emoji: unicode, category: group, label, tags, version: 0 },
      })),
    categories: messages.groups
      .filter(({ order }) => order !== COMPONENTS)
      .map(({ order, message }) => ({ index: order, label: capitalise(message) })),
    skinTones,
  };
}

async function loadSpanish(): Promise<[CompactEmoji[], Messages]> {
  const [data, messages] = await Promise.all([
    import("emojibase-data/es/compact.json"),
    import("emojibase-data/es/messages.json"),
  ]);
  return [data.default as CompactEmoji[], messages.default as unknown as Messages];
}

async function loadEnglish(): Promise<[CompactEmoji[], Messages]> {
  const [data, messages] = await Promise.all([
    import("emojibase-data/en/compact.json"),
    import("emojibase-data/en/messages.json"),
  ]);
  return [data.default as CompactEmoji[], messages.default as unknown as Messages];
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
