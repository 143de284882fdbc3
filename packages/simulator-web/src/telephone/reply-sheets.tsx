import { useTranslation } from "react-i18next";
import type { ChatDoings } from "./chat-actions.ts";
import { type Choice, ChoiceSheet } from "./choice-sheet.tsx";

/** Where a person of the simulator may be. */
const PLACES = [
  { id: "bogota", latitude: 4.711, longitude: -74.0721 },
  { id: "medellin", latitude: 6.2442, longitude: -75.5812 },
  { id: "cartagena", latitude: 10.391, longitude: -75.4794 },
] as const;

/** What a list's button, or the question where somebody is, opens over the chat. */
export function ReplySheet({ doings }: { doings: ChatDoings }) {
  const { t } = useTranslation();
  const { asked, closeAsked, reply } = doings;
  if (asked === null) {
    return null;
  }
  const { item, button } = asked;
  if (button.kind === "list") {
    const send = ({ id }: Choice) => reply(item, { button: id });
    const sections = item.list?.sections ?? [];
    return (
      <ChoiceSheet title={button.text} sections={sections} onSend={send} onClose={closeAsked} />
    );
  }
  const rows = PLACES.map(({ id, latitude, longitude }) => ({
    id,
    title: t(`place.${id}`),
    description: `${latitude}, ${longitude}`,
  }));
  const send = (choice: Choice) => {
    const place = PLACES.find(({ id }) => id === choice.id) ?? PLACES[0];
    const { latitude, longitude } = place;
    reply(item, { location: { latitude, longitude, name: choice.title } });
  };
  const title = t("button.location");
  const sections = [{ title: null, rows }];
  return <ChoiceSheet title={title} sections={sections} onSend={send} onClose={closeAsked} />;
}
