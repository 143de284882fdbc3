import { useTranslation } from "react-i18next";
import { usePageState } from "../state/session-context.ts";
import { gistOf } from "../telephone/quote.tsx";
import { formatMobile } from "../text/phone-number.ts";

/** Tells screen readers of messages to telephones that are not on the stage; those on it announce their own. */
export function Announcer() {
  const { t } = useTranslation();
  const { arrivals } = usePageState();
  const last = arrivals.at(-1);
  return (
    <p className="visually-hidden" aria-live="polite">
      {last !== undefined &&
        t("announce.arrived", {
          number: formatMobile(last.mobile),
          text: gistOf(last, t),
        })}
    </p>
  );
}
