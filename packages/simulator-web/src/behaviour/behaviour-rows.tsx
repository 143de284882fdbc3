import { useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./behaviour-rows.module.css";

interface AmountRowProps {
  label: string;
  value: number;
  max: number;
  step: number;
  unit: "ms" | "%";
  /** Called once the hand has come to rest. */
  onChange: (value: number) => void;
}

const restMs = 250;

/** A slider with its value in words. */
export function AmountRow({ label, value, max, step, unit, onChange }: AmountRowProps) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const [held, setHeld] = useState<number | null>(null);
  const [told, setTold] = useState(value);
  const rest = useRef<number | undefined>(undefined);
  if (told !== value) {
    setTold(value);
    setHeld(null);
  }
  const shown = held ?? value;
  const onMove = (moved: number) => {
    setHeld(moved);
    window.clearTimeout(rest.current);
    rest.current = window.setTimeout(() => onChange(moved), restMs);
  };
  const number = new Intl.NumberFormat(i18n.language, {
    maximumFractionDigits: 1,
    style: unit === "%" ? "percent" : "decimal",
  });
  const words =
    unit === "%"
      ? number.format(shown)
      : t("behaviour.seconds", { value: number.format(shown / 1000) });
  return (
    <div className={styles.amount}>
      <label htmlFor={id}>{label}</label>
      <output htmlFor={id}>{words}</output>
      <input
        id={id}
        type="range"
        min={0}
        max={Math.max(max, value)}
        step={step}
        value={shown}
        aria-valuetext={words}
        onChange={(event) => onMove(Number(event.target.value))}
      />
    </div>
  );
}

interface SwitchRowProps {
  label: string;
  hint: string;
  on: boolean;
  onChange: (on: boolean) => void;
}

/** A switch with a sentence on what it does. */
export function SwitchRow({ label, hint, on, onChange }: SwitchRowProps) {
  const id = useId();
  return (
    <div className={styles.switchRow}>
      <div>
        <span id={`${id}-label`} className={styles.label}>
          {label}
        </span>
        <p id={`${id}-hint`}>{hint}</p>
      </div>
      <button
        type="button"
        role="switch"
        className={styles.switch}
        aria-checked={on}
        aria-labelledby={`${id}-label`}
        aria-describedby={`${id}-hint`}
        onClick={() => onChange(!on)}
      />
    </div>
  );
}
