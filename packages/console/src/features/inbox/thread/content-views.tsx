import type { ThreadMessage } from "@recado/contract/console/inbox-thread";
import { IconBasket, IconMapPin, IconUser } from "@tabler/icons-react";
import { inboxWords } from "../i18n/inbox-words.ts";
import { formatMobile } from "../text/person-name.ts";
import styles from "./content-views.module.css";

type Content = NonNullable<ThreadMessage["content"]>;

/** A place: drawn without any map of others, and opened in one only when somebody asks for it. */
export function PlaceView({ place }: { place: NonNullable<Content["location"]> }) {
  const say = inboxWords.useWords();
  const { latitude, longitude, name, address } = place;
  const spot = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  return (
    <a
      className={styles.card}
      href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`}
      target="_blank"
      rel="noopener noreferrer"
      title={say("content.openMap")}
    >
      <span className={styles.sign}>
        <IconMapPin size={18} stroke={1.7} aria-hidden />
      </span>
      <span className={styles.words}>
        <span className={styles.title}>{name ?? say("kind.location")}</span>
        <span className={styles.about}>{address ?? spot}</span>
      </span>
    </a>
  );
}

/** Cards out of an address book. */
export function CardsView({ cards }: { cards: NonNullable<Content["contacts"]> }) {
  return cards.map((card) => (
    <div key={card.name} className={styles.card}>
      <span className={styles.sign}>
        <IconUser size={18} stroke={1.7} aria-hidden />
      </span>
      <span className={styles.words}>
        <span className={styles.title}>{card.name}</span>
        {[
          ...card.phones.map(({ phone }) => (/^\d+$/u.test(phone) ? formatMobile(phone) : phone)),
          ...card.emails.map(({ email }) => email),
        ].map((line) => (
          <span key={line} className={styles.about}>
            {line}
          </span>
        ))}
      </span>
    </div>
  ));
}

/** What somebody put into the basket. */
export function OrderView({ order }: { order: NonNullable<Content["order"]> }) {
  const say = inboxWords.useWords();
  return (
    <div className={styles.card}>
      <span className={styles.sign}>
        <IconBasket size={18} stroke={1.7} aria-hidden />
      </span>
      <span className={styles.words}>
        <span className={styles.title}>{say("content.order", { count: order.items.length })}</span>
        {order.items.map(({ product_id, quantity, price, currency }) => (
          <span key={product_id} className={styles.about}>
            {quantity} × {product_id} {price ?? ""} {currency ?? ""}
          </span>
        ))}
        {order.note !== null && <span>{order.note}</span>}
      </span>
    </div>
  );
}
