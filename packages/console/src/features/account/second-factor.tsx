import { Button } from "@mantine/core";
import { useState } from "react";
import { queryClient } from "../../api/query-client.ts";
import { sessionQuery } from "../../session/session-query.ts";
import { useSession } from "../../session/use-session.ts";
import { StatusTag } from "../../ui/status-tag.tsx";
import styles from "./account-page.module.css";
import { BeginSecondFactor } from "./begin-second-factor.tsx";
import { accountWords } from "./i18n/account-words.ts";
import { ProveBoth } from "./prove-both.tsx";

/** Whether a code is asked for at signing in, and the ways to change it. */
export function SecondFactor() {
  const say = accountWords.useWords();
  const { has_second_factor } = useSession().person;
  const [dialog, setDialog] = useState<"begin" | "end" | "codes" | null>(null);
  const close = () => {
    setDialog(null);
    void queryClient.invalidateQueries(sessionQuery);
  };
  return (
    <div className={styles.state} data-testid="second-factor" data-on={has_second_factor}>
      <StatusTag kind={has_second_factor ? "good" : "mute"}>
        {say(has_second_factor ? "on" : "off")}
      </StatusTag>
      {has_second_factor ? (
        <>
          <Button variant="default" onClick={() => setDialog("codes")} data-testid="new-codes">
            {say("newCodes")}
          </Button>
          <Button variant="default" onClick={() => setDialog("end")} data-testid="turn-off">
            {say("turnOff")}
          </Button>
        </>
      ) : (
        <Button onClick={() => setDialog("begin")} data-testid="turn-on">
          {say("turnOn")}
        </Button>
      )}
      {dialog === "begin" && <BeginSecondFactor onClose={close} />}
      {(dialog === "end" || dialog === "codes") && <ProveBoth purpose={dialog} onClose={close} />}
    </div>
  );
}
