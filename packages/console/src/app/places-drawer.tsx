import { Drawer } from "@mantine/core";
import { useSession } from "../session/use-session.ts";
import { ShellSlot } from "../ui/shell-slot.tsx";
import { useReturnFocus } from "../ui/use-return-focus.ts";
import { placesFor } from "./navigation.ts";
import { PersonList } from "./person-menu.tsx";
import { RailLink } from "./rail-link.tsx";
import styles from "./tab-bar.module.css";

/** A telephone's whole rail: every place, and what the person's menu holds. */
export function PlacesDrawer({ onClose }: { onClose(): void }) {
  useReturnFocus();
  const session = useSession();
  return (
    <Drawer
      opened
      onClose={onClose}
      position="bottom"
      size="auto"
      title={session.person.name}
      classNames={{ content: styles.drawer ?? "" }}
    >
      <ShellSlot name="connection" />
      <ShellSlot name="availability" />
      <ul className={styles.places}>
        {placesFor(session).map((place) => (
          <li key={place.to}>
            <RailLink place={place} narrow={false} />
          </li>
        ))}
      </ul>
      <PersonList onDone={onClose} />
    </Drawer>
  );
}
