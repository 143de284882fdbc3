import { Button, Group, NumberInput, SimpleGrid } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { CONSOLE_OPERATIONS } from "@recado/contract/console/operations";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { callConsole } from "../../api/call.ts";
import type { AnswerOf } from "../../api/operation.ts";
import { currentLanguage } from "../../i18n/language.ts";
import { shellWords } from "../../i18n/shell-words.ts";
import { useSession } from "../../session/use-session.ts";
import { formatMoney } from "../../ui/format/format-money.ts";
import { formatNumber } from "../../ui/format/format-number.ts";
import { formatFull } from "../../ui/format/format-time.ts";
import { numberSigns } from "../../ui/format/number-signs.ts";
import { readMoney } from "../../ui/format/read-money.ts";
import { MoneyField } from "../../ui/money-field.tsx";
import { PageSection } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { showToast } from "../../ui/toast/toast.ts";
import { settingsWords } from "./i18n/settings-words.ts";
import styles from "./settings.module.css";

type GetCap = typeof CONSOLE_OPERATIONS.getProjectCap;
type SetCap = typeof CONSOLE_OPERATIONS.setProjectCap;
type Cap = AnswerOf<GetCap>;

/** What a project may send in a day. The operator's own limit stands beside it and stays above. */
export function CapSection({ projectId }: { projectId: string }) {
  const say = settingsWords.useWords();
  const { data, error } = useQuery({
    queryKey: ["projects", projectId, "cap"],
    queryFn: ({ signal }) =>
      callConsole<GetCap>({
        method: "GET",
        path: "/projects/:id/cap",
        params: { id: projectId },
        signal,
      }),
  });
  return (
    <PageSection title={say("cap")} about={say("capAbout")}>
      <ProblemNotice error={error} />
      {data !== undefined && <CapForm key={projectId} projectId={projectId} cap={data} />}
    </PageSection>
  );
}

function CapForm({ projectId, cap }: { projectId: string; cap: Cap }) {
  const say = settingsWords.useWords();
  const { currency } = useSession().account;
  const client = useQueryClient();
  const form = useForm({
    initialValues: readValues(cap),
    validate: {
      amount: (value) =>
        value.trim() === "" || readMoney(value) ? null : shellWords.say("noAmount"),
    },
  });
  const save = useMutation({
    mutationFn: () =>
      callConsole<SetCap>({
        method: "PUT",
        path: "/projects/:id/cap",
        params: { id: projectId },
        body: formatBody(form.values),
      }),
    onSuccess(changed) {
      client.setQueryData(["projects", projectId, "cap"], changed);
      form.setInitialValues(readValues(changed));
      form.setValues(readValues(changed));
      showToast({ kind: "done", text: say("saved") });
      return client.invalidateQueries({ queryKey: ["caps"] });
    },
  });
  return (
    <form className={styles.cap} onSubmit={form.onSubmit(() => save.mutate())}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <NumberInput
          label={say("capMessages")}
          placeholder={say("noCap")}
          min={0}
          max={1_000_000_000}
          allowDecimal={false}
          allowNegative={false}
          clampBehavior="strict"
          {...numberSigns()}
          {...form.getInputProps("messages")}
          data-testid="cap-messages"
        />
        <MoneyField
          label={say("capAmount")}
          placeholder={say("noCap")}
          currency={currency}
          value={form.values.amount}
          onText={(text) => form.setFieldValue("amount", text)}
          error={form.errors.amount}
          data-testid="cap-amount"
        />
      </SimpleGrid>
      <CapFacts cap={cap} />
      <ProblemNotice error={save.error} />
      <Group justify="flex-end">
        <Button
          type="submit"
          variant="default"
          loading={save.isPending}
          disabled={!form.isDirty()}
          data-testid="save-cap"
        >
          {say("saveCap")}
        </Button>
      </Group>
    </form>
  );
}

/** What the operator allows, and what of the day is used. */
function CapFacts({ cap }: { cap: Cap }) {
  const say = settingsWords.useWords();
  const { currency } = useSession().account;
  const { messages_max: messages, amount_max: amount } = cap.operator;
  const allowed = [
    ...(messages === null ? [] : [say("capCount", { count: formatNumber(messages) })]),
    ...(amount === null ? [] : [formatMoney(amount, currency)]),
  ];
  const { today } = cap;
  return (
    <div className={styles.capFacts}>
      {allowed.length > 0 && (
        <p data-testid="operator-cap">{say("capOperator", { cap: allowed.join(" · ") })}</p>
      )}
      {today !== null && (
        <p>
          {say("capToday", {
            count: formatNumber(today.messages_used),
            amount: formatMoney(today.amount_used, currency),
            until: formatFull(today.frees_at),
          })}
        </p>
      )}
    </div>
  );
}

function readValues(cap: Cap): { messages: number | ""; amount: string } {
  const amount = formatPlain(cap.amount_max);
  return { messages: cap.messages_max ?? "", amount };
}

function formatBody({ messages, amount }: ReturnType<typeof readValues>) {
  return {
    messages_max: messages === "" ? null : Number(messages),
    amount_max: amount.trim() === "" ? null : readMoney(amount),
  };
}

/** As the reader would type it. */
function formatPlain(amount: string | null): string {
  if (amount === null) return "";
  const [whole = "", part = ""] = amount.split(".");
  const decimals = part.replace(/0+$/u, "");
  return decimals === "" ? whole : `${whole}${currentLanguage() === "es" ? "," : "."}${decimals}`;
}
