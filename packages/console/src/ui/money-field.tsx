import { TextInput, type TextInputProps } from "@mantine/core";
import { shellWords } from "../i18n/shell-words.ts";
import { formatMoney } from "./format/format-money.ts";
import { readMoney } from "./format/read-money.ts";

/** Somebody may still be typing the decimals. */
const UNFINISHED = /[.,]$/u;

/**
 * A field for money that shows below it what was understood, and says when nothing was: a point or comma in the wrong place costs a
 * thousand times as much.
 */
export function MoneyField({
  currency,
  value,
  onText,
  error,
  ...rest
}: Omit<TextInputProps, "value" | "onChange"> & {
  currency: string;
  value: string;
  onText(text: string): void;
}) {
  const say = shellWords.useWords();
  const read = readMoney(value);
  const isWrong = value.trim() !== "" && read === null && !UNFINISHED.test(value);
  return (
    <TextInput
      inputMode="decimal"
      autoComplete="off"
      maxLength={24}
      description={read === null ? " " : `= ${formatMoney(read, currency)}`}
      inputWrapperOrder={["label", "input", "description", "error"]}
      error={error ?? (isWrong && say("noAmount"))}
      {...rest}
      value={value}
      onChange={(event) => onText(event.currentTarget.value)}
    />
  );
}
