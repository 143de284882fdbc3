import { Stack, Text } from "@mantine/core";
import { CopyField } from "../../ui/copy-field.tsx";
import { formatFull } from "../../ui/format/format-time.ts";
import { peopleWords } from "./i18n/people-words.ts";
import type { MadeLink } from "./people-calls.ts";

/** A link that was just made, and will never be shown again. */
export function MadeLinkView({ link }: { link: MadeLink }) {
  const say = peopleWords.useWords();
  return (
    <Stack gap="xs">
      <Text size="sm" c="var(--ink-2)">
        {say("linkAbout", { until: formatFull(link.expires_at) })}{" "}
        {link.mailed && say("linkMailed")}
      </Text>
      <CopyField value={link.one_time_link} label={say("link")} testId="one-time-link" />
    </Stack>
  );
}
