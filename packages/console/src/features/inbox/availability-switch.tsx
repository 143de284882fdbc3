import { Switch } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { toastProblem } from "../../ui/problem/toast-problem.ts";
import { inboxWords } from "./i18n/inbox-words.ts";
import styles from "./live-sign.module.css";
import { inboxApi } from "./state/inbox-api.ts";

const KEY = ["inbox-availability"];

/** Whether the rules may give new conversations to the person at this browser. */
export function AvailabilitySwitch() {
  const say = inboxWords.useWords();
  const client = useQueryClient();
  const { data } = useQuery({ queryKey: KEY, queryFn: inboxApi.availability });
  if (data === undefined) return null;
  const isAvailable = data.state !== "away";
  const text = say(isAvailable ? "availability.here" : "availability.away");
  const change = async (state: "available" | "away") => {
    try {
      client.setQueryData(KEY, await inboxApi.changeAvailability(state));
    } catch (error) {
      toastProblem(error);
    }
  };
  return (
    <Switch
      size="xs"
      className={styles.switch}
      classNames={{ labelWrapper: styles.word }}
      wrapperProps={{ title: text }}
      checked={isAvailable}
      label={text}
      data-testid="availability"
      onChange={(event) => void change(event.currentTarget.checked ? "available" : "away")}
    />
  );
}
