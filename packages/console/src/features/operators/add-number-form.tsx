import { Button, PasswordInput, SegmentedControl, TextInput } from "@mantine/core";
import { type UseFormReturnType, useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { operatorWords } from "./i18n/operator-words.ts";
import { type CreatedChannel, createChannel } from "./operator-calls.ts";
import styles from "./operators.module.css";

const PROVIDERS = ["meta-cloud", "gupshup"] as const;
type Provider = (typeof PROVIDERS)[number];

const EMPTY = { number: "", numberId: "", businessId: "", accessToken: "", appSecret: "" };

type Values = { provider: Provider } & typeof EMPTY;

/** What a number is connected by. What is secret is sealed by the server and shown to nobody again. */
export function AddNumberForm(props: { accountId: string; onMade(made: CreatedChannel): void }) {
  const { accountId, onMade } = props;
  const say = operatorWords.useWords();
  const client = useQueryClient();
  const form = useForm<Values>({
    initialValues: { provider: "meta-cloud", ...EMPTY },
    validate: {
      number: (value) => (/^\d{7,15}$/u.test(readDigits(value)) ? null : say("add.numberWrong")),
    },
  });
  const { provider, ...typed } = form.values;
  const add = useMutation({
    mutationFn: () =>
      createChannel(accountId, {
        provider,
        officialNumber: readDigits(typed.number),
        numberId: typed.numberId.trim(),
        businessId: typed.businessId.trim(),
        accessToken: typed.accessToken.trim(),
        app: { appSecret: typed.appSecret.trim() },
      }),
    async onSuccess(made) {
      form.reset();
      onMade(made);
      await client.invalidateQueries({ queryKey: ["channels"] });
      await client.invalidateQueries({ queryKey: ["accounts", accountId, "channels"] });
    },
  });
  const of = nameSide(provider);
  const isWhole = Object.values(typed).every((value) => value.trim() !== "");
  return (
    <form className={styles.form} onSubmit={form.onSubmit(() => add.mutate())} autoComplete="off">
      <SegmentedControl
        aria-label={say("numbers.provider")}
        data={PROVIDERS.map((value) => ({ value, label: say(`numbers.providers.${value}`) }))}
        {...form.getInputProps("provider")}
      />
      <ol className={styles.steps}>
        {(["one", "two", "three"] as const).map((step) => (
          <li key={step}>{say(`add.${of}.${step}`)}</li>
        ))}
      </ol>
      <TextInput
        label={say("numbers.number")}
        placeholder="+57 300 520 2020"
        inputMode="tel"
        maxLength={30}
        {...form.getInputProps("number")}
        data-testid="new-number"
      />
      <TextInput
        label={say(`add.${of}.numberId`)}
        maxLength={64}
        spellCheck={false}
        {...form.getInputProps("numberId")}
        data-testid="new-number-id"
      />
      <TextInput
        label={say(`add.${of}.businessId`)}
        maxLength={64}
        spellCheck={false}
        {...form.getInputProps("businessId")}
        data-testid="new-business-id"
      />
      <Secrets form={form} />
      <ProblemNotice error={add.error} />
      <div>
        <Button type="submit" loading={add.isPending} disabled={!isWhole} data-testid="add-number">
          {say("add.connect")}
        </Button>
      </div>
    </form>
  );
}

/** What the server seals. */
function Secrets({ form }: { form: UseFormReturnType<Values> }) {
  const say = operatorWords.useWords();
  const of = nameSide(form.values.provider);
  return (
    <>
      <PasswordInput
        label={say(`add.${of}.token`)}
        autoComplete="new-password"
        maxLength={4096}
        visibilityToggleButtonProps={{ "aria-label": say("add.show") }}
        {...form.getInputProps("accessToken")}
        data-testid="new-access-token"
      />
      <PasswordInput
        label={say(`add.${of}.secret`)}
        description={say(`add.${of}.secretHint`)}
        inputWrapperOrder={["label", "input", "description"]}
        autoComplete="new-password"
        maxLength={4096}
        visibilityToggleButtonProps={{ "aria-label": say("add.show") }}
        {...form.getInputProps("appSecret")}
        data-testid="new-app-secret"
      />
    </>
  );
}

function nameSide(provider: Provider): "meta" | "gupshup" {
  return provider === "meta-cloud" ? "meta" : "gupshup";
}

function readDigits(number: string): string {
  return number.replaceAll(/[\s()+.-]/gu, "");
}
