import type { SimulatorBehaviour } from "@recado/contract/simulator-api";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { postBehaviour } from "../api/simulator-client.ts";
import { Modal } from "../ui/modal.tsx";
import styles from "./behaviour-drawer.module.css";
import { presets } from "./behaviour-presets.ts";
import { AmountRow, SwitchRow } from "./behaviour-rows.tsx";
import { ResetRow } from "./reset-row.tsx";

interface BehaviourDrawerProps {
  behaviour: SimulatorBehaviour;
  onClose: () => void;
}

const rates = ["failRate", "duplicateRate", "httpErrorRate", "timeoutRate"] as const;

/** How the simulated WhatsApp behaves: every change holds at once, for every telephone. */
export function BehaviourDrawer({ behaviour, onClose }: BehaviourDrawerProps) {
  const { t } = useTranslation();
  const [failed, setFailed] = useState(false);
  const change = (part: Partial<SimulatorBehaviour>) => {
    postBehaviour(part).then(
      () => setFailed(false),
      () => setFailed(true),
    );
  };
  return (
    <Modal title={t("behaviour.title")} shape="drawer" onClose={onClose}>
      <p className={styles.intro}>{t("behaviour.intro")}</p>
      <fieldset className={styles.presets}>
        <legend className="visually-hidden">{t("behaviour.presets")}</legend>
        {presets.map((preset) => (
          <button key={preset.name} type="button" onClick={() => change(preset.behaviour)}>
            {t(`behaviour.${preset.name}`)}
          </button>
        ))}
      </fieldset>
      {failed && (
        <p className={styles.problem} role="alert">
          {t("common.failed")}
        </p>
      )}
      {(["latencyMs", "statusDelayMs"] as const).map((name) => (
        <AmountRow
          key={name}
          label={t(`behaviour.${name}`)}
          value={behaviour[name]}
          max={10_000}
          step={100}
          unit="ms"
          onChange={(value) => change({ [name]: value })}
        />
      ))}
      {rates.map((name) => (
        <AmountRow
          key={name}
          label={t(`behaviour.${name}`)}
          value={behaviour[name]}
          max={1}
          step={0.01}
          unit="%"
          onChange={(value) => change({ [name]: value })}
        />
      ))}
      <SwitchRow
        label={t("behaviour.reorder")}
        hint={t("behaviour.reorderHint")}
        on={behaviour.reorder}
        onChange={(reorder) => change({ reorder })}
      />
      <SwitchRow
        label={t("behaviour.webhooks")}
        hint={t("behaviour.webhooksHint")}
        on={behaviour.webhooks}
        onChange={(webhooks) => change({ webhooks })}
      />
      <ResetRow />
    </Modal>
  );
}
