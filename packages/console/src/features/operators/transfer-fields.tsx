import { TextInput } from "@mantine/core";
import { parseMoney } from "../../ui/format/format-money.ts";
import { readMoney } from "../../ui/format/read-money.ts";
import { MoneyField } from "../../ui/money-field.tsx";
import { operatorWords } from "./i18n/operator-words.ts";

/** What is typed to move money into a wallet. */
export interface TypedTransfer {
  amount: string;
  reference: string;
  note: string;
}

/** Nothing typed yet. */
export const EMPTY_TRANSFER: TypedTransfer = { amount: "", reference: "", note: "" };

/** What may be asked for: no blanks around the words, and no note that says nothing. Null while amount or reference are missing. */
export function readTransfer({ amount, reference, note }: TypedTransfer) {
  const read = readMoney(amount);
  if (read === null || (parseMoney(read) ?? 0n) <= 0n || reference.trim() === "") return null;
  const said = note.trim();
  return { amount: read, reference: reference.trim(), ...(said === "" ? {} : { note: said }) };
}

/** How much, under which reference, which makes a repetition harmless, and a note. Nothing has a star: the button waits for what is missing. */
export function TransferFields(props: {
  currency: string;
  typed: TypedTransfer;
  onTyped(typed: TypedTransfer): void;
}) {
  const { currency, typed, onTyped } = props;
  const say = operatorWords.useWords();
  return (
    <>
      <MoneyField
        label={say("account.amount")}
        currency={currency}
        required
        withAsterisk={false}
        value={typed.amount}
        onText={(amount) => onTyped({ ...typed, amount })}
      />
      <TextInput
        label={say("account.reference")}
        description={say("account.referenceHint")}
        inputWrapperOrder={["label", "input", "description"]}
        required
        withAsterisk={false}
        maxLength={200}
        value={typed.reference}
        onChange={(event) => onTyped({ ...typed, reference: event.currentTarget.value })}
      />
      <TextInput
        label={say("account.note")}
        maxLength={500}
        value={typed.note}
        onChange={(event) => onTyped({ ...typed, note: event.currentTarget.value })}
      />
    </>
  );
}
