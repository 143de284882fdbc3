import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Telephone } from "../telephone/telephone.tsx";
import styles from "./stage-view.module.css";
import { TelephoneTabs } from "./telephone-tabs.tsx";
import type { Stage } from "./use-stage.ts";
import { Welcome } from "./welcome.tsx";

interface StageViewProps {
  stage: Stage;
  /** Nothing has ever arrived: the stage teaches how to send. */
  teaching: boolean;
  onAdd: () => void;
}

/** The telephones side by side; on a narrow screen one at a time, to be swiped or chosen by tab. */
export function StageView({ stage, teaching, onAdd }: StageViewProps) {
  const { t } = useTranslation();
  const strip = useRef<HTMLDivElement>(null);
  return (
    <div className={styles.stage}>
      <TelephoneTabs stage={stage} strip={strip} onAdd={onAdd} />
      <div ref={strip} className={styles.strip} data-count={stage.mobiles.length}>
        {teaching && (
          <section className={styles.welcome} aria-label={t("welcome.title")}>
            <Welcome />
          </section>
        )}
        {stage.mobiles.map((mobile) => (
          <Telephone
            key={mobile}
            mobile={mobile}
            onClose={stage.mobiles.length > 1 ? () => stage.close(mobile) : null}
          />
        ))}
      </div>
    </div>
  );
}
