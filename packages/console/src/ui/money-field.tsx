import { TextInput, type TextInputProps } from "@mantine/core";
import { formatMoney } from "./format/format-money.ts";
import { readMoney } from "./format/read-money.ts";

/** A field for money that shows below it what was understood: a point or comma in the wrong place costs a thousand times as much. */
export function MoneyField({
  currency,
  value,
  onText,
  ...rest
}: Omit<TextInputProps, "value" | "onChange"> & {
  currency: string;
  value: string;
  onText(text: string): void;
}) {
  const read = readMoney(value);
  return (
    <TextInput
      inputMode="decimal"
      autoComplete="off"
      maxLength={24}
      description={read === null ? " " : `= ${formatMoney(read, currency)}`}
      inputWrapperOrder={["label", "input", "description", "error"]}
      {...rest}
      value={value}
      onChange={(event) => onText(event.currentTarget.value)}
    />
  );
}
