import { Button, Select } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { formatMoney } from "../../../ui/format/format-money.ts";
import { ProblemNotice } from "../../../ui/problem/problem-notice.tsx";
import { showToast } from "../../../ui/toast/toast.ts";
import { operatorWords } from "../i18n/operator-words.ts";
import { topUp } from "../operator-calls.ts";
import styles from "../operators.module.css";
import { EMPTY_TRANSFER, readTransfer, TransferFields } from "../transfer-fields.tsx";
import { TypedSum } from "./typed-sum.tsx";

/** Who may get money. */
interface Receiver {
  id: string;
  name: string;
}

interface Wish {
  to: Receiver;
  transfer: NonNullable<ReturnType<typeof readTransfer>>;
}

/**
 * Hands on money out of a reseller's own wallet. Nothing moves before the sum has been typed a second time; the reference makes the
 * same hand-over, sent twice, one.
 */
export function HandOn(props: {
  fromId: string;
  currency: string;
  /** Of the reseller; undefined while it is on its way. */
  balance: string | undefined;
  /** Who gets it, or among whom that is chosen. */
  to: Receiver | readonly Receiver[];
}) {
  const { fromId, currency, balance, to } = props;
  const say = operatorWords.useWords();
  const [asked, setAsked] = useState<Wish | null>(null);
  const [round, setRound] = useState(0);
  const handOver = useHandOver(fromId, currency, () => {
    setAsked(null);
    setRound((each) => each + 1);
  });
  return (
    <>
      <p className={styles.soft}>
        {say("resale.handOnAbout")}
        {balance !== undefined &&
          ` ${say("resale.held", { balance: formatMoney(balance, currency) })}`}
      </p>
      <HandOnForm
        key={round}
        {...{ currency, to }}
        onAsk={(wish) => {
          handOver.reset();
          setAsked(wish);
        }}
      />
      {asked !== null && (
        <TypedSum
          title={say("resale.handOn")}
          text={say("resale.sure", {
            amount: formatMoney(asked.transfer.amount, currency),
            name: asked.to.name,
          })}
          action={say("resale.handOver")}
          amount={asked.transfer.amount}
          currency={currency}
          pending={handOver.isPending}
          onYes={() => handOver.mutate(asked)}
          onNo={() => setAsked(null)}
        >
          <ProblemNotice error={handOver.error} />
        </TypedSum>
      )}
    </>
  );
}

function useHandOver(fromId: string, currency: string, onDone: () => void) {
  const say = operatorWords.useWords();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ to, transfer }: Wish) => topUp(to.id, transfer),
    async onSuccess({ repeated, balance }, { to }) {
      const text = repeated
        ? say("account.repeated")
        : say("resale.handed", { name: to.name, balance: formatMoney(balance, currency) });
      showToast({ kind: repeated ? "info" : "done", text });
      onDone();
      await client.invalidateQueries({ queryKey: ["accounts"] });
      await client.invalidateQueries({ queryKey: ["resale", fromId] });
    },
  });
}

/** Not `Array.isArray`, which tells the compiler nothing of a list that is only read. */
function isList(to: Receiver | readonly Receiver[]): to is readonly Receiver[] {
  return Array.isArray(to);
}

function HandOnForm(props: {
  currency: string;
  to: Receiver | readonly Receiver[];
  onAsk(wish: Wish): void;
}) {
  const { currency, to, onAsk } = props;
  const say = operatorWords.useWords();
  const [chosen, setChosen] = useState<string | null>(null);
  const [typed, setTyped] = useState(EMPTY_TRANSFER);
  const among = isList(to) ? to : null;
  const receiver = isList(to) ? to.find(({ id }) => id === chosen) : to;
  const transfer = readTransfer(typed);
  return (
    <form
      className={styles.grid}
      onSubmit={(event) => {
        event.preventDefault();
        if (receiver !== undefined && transfer !== null) onAsk({ to: receiver, transfer });
      }}
    >
      {among !== null && (
        <Select
          label={say("resale.customer")}
          placeholder={say("resale.choose")}
          searchable
          nothingFoundMessage={say("resale.noneFound")}
          data={among.map(({ id, name }) => ({ value: id, label: name }))}
          value={chosen}
          onChange={setChosen}
        />
      )}
      <TransferFields {...{ currency, typed }} onTyped={setTyped} />
      <Button
        type="submit"
        disabled={receiver === undefined || transfer === null}
        data-testid="hand-on"
      >
        {say("resale.handOver")}
      </Button>
    </form>
  );
}
