import type { ThreadItem } from "@recado/contract/simulator-api";
import { useTranslation } from "react-i18next";
import type { ChatDoings } from "./chat-actions.ts";
import { type Choice, ChoiceSheet } from "./choice-sheet.tsx";

/** Where a person of the simulator may be. */
const PLACES = [
  { id: "park", latitude: 4.6766, longitude: -74.0483, address: "Calle 93A, Bogotá" },
  { id: "bogota", latitude: 4.711, longitude: -74.0721 },
  { id: "medellin", latitude: 6.2442, longitude: -75.5812 },
  { id: "cartagena", latitude: 10.391, longitude: -75.4794 },
] as const;

/** What a list's button, the question where somebody is, or the pin of the answer box opens over the chat. */
export function ReplySheet({ doings }: { doings: ChatDoings }) {
  const { asked, closeAsked, reply } = doings;
  if (asked === null) {
    return null;
  }
  if (asked.kind === "place") {
    return <PlaceSheet doings={doings} item={asked.item} />;
  }
  const { item, button } = asked;
  const send = ({ id }: Choice) => reply(item, { button: id });
  const sections = item.list?.sections ?? [];
  return <ChoiceSheet title={button.text} sections={sections} onSend={send} onClose={closeAsked} />;
}

function PlaceSheet({ doings, item }: { doings: ChatDoings; item: ThreadItem | null }) {
  const { t } = useTranslation();
  const { answer, closeAsked, reply } = doings;
  const rows = PLACES.map(({ id, latitude, longitude }) => ({
    id,
    title: t(`place.${id}`),
    description: `${latitude}, ${longitude}`,
  }));
  const send = (choice: Choice) => {
    const { id: _, ...place } = PLACES.find(({ id }) => id === choice.id) ?? PLACES[0];
    const location = { ...place, name: choice.title };
    if (item === null) {
      void answer({ location });
    } else {
      reply(item, { location });
    }
  };
  const title = t("button.location");
  const sections = [{ title: null, rows }];
  return <ChoiceSheet title={title} sections={sections} onSend={send} onClose={closeAsked} />;
}
