import { Button, SegmentedControl, Select, Tabs, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { makeUuid } from "../../live/make-uuid.ts";
import { CodeBlock } from "../../ui/code-block.tsx";
import { Page } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { FormattedText } from "../../ui/text/formatted-text.tsx";
import { buildRequest, type HttpRequest, type Wish } from "./build-request.ts";
import { codeLanguages } from "./code/languages.ts";
import { tryItWords } from "./i18n/try-it-words.ts";
import { sendRequest } from "./send-request.ts";
import styles from "./try-it-page.module.css";
import { type Template, useTemplates } from "./use-templates.ts";

function newWish(): Wish {
  return {
    door: "v1",
    baseUrl: window.location.origin,
    ...{ login: "", token: "", mobile: "", template: null, variables: [] },
    ...{ text: "", mediaUrl: "", customField: "" },
    idempotencyKey: makeUuid(),
  };
}

/** Builds a request, shows it in four languages, sends it, and leads to its flight recorder. */
export function TryItPage() {
  const say = tryItWords.useWords();
  const [wish, setWish] = useState(newWish);
  const templates = useTemplates();
  const chosen = templates.data?.find(({ id }) => id === wish.template) ?? null;
  const request = useMemo(() => buildRequest(wish), [wish]);
  const shown = useMemo(
    () => buildRequest({ ...wish, token: wish.token || say("noToken") }),
    [wish, say],
  );
  const send = useMutation({ mutationFn: () => sendRequest(request) });
  const change = (part: Partial<Wish>) => setWish((now) => ({ ...now, ...part }));
  usePreset(templates.data, (part) => change(part));
  const restart = () => {
    send.reset();
    change({ idempotencyKey: makeUuid() });
  };
  const isSent = send.data !== undefined && send.data.messageId !== null;
  return (
    <Page title={say("title")} about={say("about")} wide>
      <div className={styles.columns}>
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            // What was refused is another send when it is tried again.
            if (send.data !== undefined) restart();
            send.mutate();
          }}
        >
          <WishFields
            wish={wish}
            change={change}
            templates={templates.data ?? []}
            chosen={chosen}
          />
          <ProblemNotice error={templates.error ?? send.error} />
          <div className={styles.actions}>
            {!isSent ? (
              <Button type="submit" loading={send.isPending} disabled={!isComplete(wish)}>
                {say("send")}
              </Button>
            ) : (
              <Button variant="default" onClick={restart}>
                {say("again")}
              </Button>
            )}
          </div>
        </form>
        <div className={styles.side}>
          <Code request={shown} />
          {send.data !== undefined && (
            <section aria-live="polite" className={styles.answer} data-testid="answer">
              <h2 className={styles.heading}>
                {say("answer")} <small>{say("status", { status: send.data.status })}</small>
              </h2>
              <ProblemNotice error={send.data.problem} brief />
              <CodeBlock code={send.data.text} label={say("answer")} />
              {send.data.messageId !== null && (
                <Button
                  component={Link}
                  to={`/mensajes/${send.data.messageId}`}
                  variant="default"
                  className={styles.open}
                >
                  {say("open")}
                </Button>
              )}
            </section>
          )}
        </div>
      </div>
    </Page>
  );
}

/** Begins with the template of the address, else with one that anybody can be sent: free text needs an open window. */
function usePreset(
  templates: readonly Template[] | undefined,
  change: (part: Pick<Wish, "template" | "variables">) => void,
): void {
  const { plantilla: wanted } = useSearch({ from: "/shell/probar" });
  const [isSet, setSet] = useState(false);
  useEffect(() => {
    if (isSet || templates === undefined) return;
    setSet(true);
    const preset =
      templates.find(({ id }) => id === wanted) ??
      templates.findLast(
        ({ header, category }) => header === null && category !== "authentication",
      );
    if (preset === undefined) return;
    change({ template: preset.id, variables: preset.variables.map(() => "") });
  }, [isSet, templates, wanted, change]);
}

function isComplete(wish: Wish): boolean {
  if (wish.mobile === "") return false;
  return wish.door === "v1" || (wish.login !== "" && wish.token !== "");
}

interface FieldProps {
  wish: Wish;
  change(part: Partial<Wish>): void;
  templates: readonly Template[];
  chosen: Template | null;
}

function WishFields({ wish, change, templates, chosen }: FieldProps) {
  const say = tryItWords.useWords();
  const isWs = wish.door === "ws";
  return (
    <>
      <SegmentedControl
        aria-label={say("door.title")}
        value={wish.door}
        onChange={(door) => change({ door: door === "ws" ? "ws" : "v1" })}
        data={[
          { value: "v1", label: say("door.v1") },
          { value: "ws", label: say("door.ws") },
        ]}
      />
      {isWs && (
        <TextInput
          label={say("login")}
          autoComplete="off"
          value={wish.login}
          onChange={(event) => change({ login: event.currentTarget.value })}
        />
      )}
      <TextInput
        label={say("token")}
        description={say(isWs ? "tokenWs" : "tokenV1")}
        type="password"
        autoComplete="off"
        value={wish.token}
        onChange={(event) => change({ token: event.currentTarget.value.trim() })}
      />
      <TextInput
        label={say("mobile")}
        description={say("mobileHint")}
        required
        inputMode="tel"
        value={wish.mobile}
        onChange={(event) => change({ mobile: event.currentTarget.value.replace(/\D/gu, "") })}
      />
      <Select
        label={say("template")}
        searchable
        data={[
          { value: "", label: say("noTemplate") },
          ...templates.map(({ id, name, language }) => ({
            value: String(id),
            label: `${id} · ${name} (${language})`,
          })),
        ]}
        value={wish.template === null ? "" : String(wish.template)}
        onChange={(value) => {
          const template = value === null || value === "" ? null : Number(value);
          const slots = templates.find(({ id }) => id === template)?.variables ?? [];
          change({ template, variables: slots.map(() => "") });
        }}
      />
      <ContentFields wish={wish} change={change} chosen={chosen} />
      <TextInput
        label={say("customField")}
        description={say("customFieldHint")}
        value={wish.customField}
        onChange={(event) => change({ customField: event.currentTarget.value })}
      />
    </>
  );
}

function ContentFields({ wish, change, chosen }: Omit<FieldProps, "templates">): ReactNode {
  const say = tryItWords.useWords();
  const media = (
    <TextInput
      label={say("media")}
      description={say(chosen === null ? "mediaFree" : "mediaHint")}
      type="url"
      value={wish.mediaUrl}
      onChange={(event) => change({ mediaUrl: event.currentTarget.value.trim() })}
    />
  );
  if (chosen === null) {
    return (
      <>
        <Textarea
          label={say("text")}
          autosize
          minRows={2}
          value={wish.text}
          onChange={(event) => change({ text: event.currentTarget.value })}
        />
        {media}
      </>
    );
  }
  const hasFile = chosen.header !== null && ["image", "video", "document"].includes(chosen.header);
  return (
    <>
      <div className={styles.body}>
        <FormattedText text={chosen.body} />
      </div>
      {chosen.variables.map(({ name }, index) => (
        <TextInput
          key={`${name} ${index.toString()}`}
          label={say("variable", { name })}
          value={wish.variables[index] ?? ""}
          onChange={(event) => {
            const value = event.currentTarget.value;
            change({ variables: wish.variables.map((old, at) => (at === index ? value : old)) });
          }}
        />
      ))}
      {hasFile && media}
    </>
  );
}

function Code({ request }: { request: HttpRequest }) {
  const say = tryItWords.useWords();
  return (
    <Tabs defaultValue="curl" aria-label={say("code")}>
      <Tabs.List mb="sm">
        {codeLanguages.map(({ id, name }) => (
          <Tabs.Tab key={id} value={id}>
            {name}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {codeLanguages.map(({ id, name, format }) => (
        <Tabs.Panel key={id} value={id}>
          <CodeBlock code={format(request)} label={`${say("code")}: ${name}`} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
