import {
  Button,
  Modal,
  MultiSelect,
  NumberInput,
  TagsInput,
  Textarea,
  TextInput,
} from "@mantine/core";
import type { EventFilter } from "@recado/contract/webhook-payloads";
import { useState } from "react";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { useReturnFocus } from "../../ui/use-return-focus.ts";
import type { Endpoint, EndpointWish } from "./endpoint-calls.ts";
import { webhookWords } from "./i18n/webhook-words.ts";
import { readHeaders } from "./read-headers.ts";
import styles from "./webhooks.module.css";

const MESSAGES = ["sent", "delivered", "read", "failed", "reply"] as const;
const OTHERS = [
  ...(["template.*", "balance.*", "channel.*"] as const),
  ...(["contact.*", "endpoint.*"] as const),
] as const satisfies readonly EventFilter[];
const RATE_MAX = 1_000;

/** Where and what an endpoint is told: a new one, or one that is there. */
export function EndpointForm(props: {
  title: string;
  /** Null: a new one. */
  endpoint: Endpoint | null;
  error: unknown;
  isSaving: boolean;
  onSave(wish: EndpointWish): void;
  onClose(): void;
}) {
  useReturnFocus();
  const { title, endpoint, error, isSaving, onSave, onClose } = props;
  const say = webhookWords.useWords();
  const [fields, setFields] = useState(() => readFields(endpoint));
  const change = (part: Partial<Fields>) => setFields((now) => ({ ...now, ...part }));
  const known = new Set<string>([...MESSAGES, ...OTHERS]);
  const others = [...OTHERS, ...fields.events.filter((each) => !known.has(each))];
  const headers = readHeaders(fields.headers);
  return (
    <Modal opened onClose={onClose} title={title}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (headers !== null) onSave(wishOf(fields, headers));
        }}
      >
        <TextInput
          label={say("url")}
          description={say("urlHint")}
          type="url"
          required
          data-autofocus
          value={fields.url}
          onChange={(event) => change({ url: event.currentTarget.value.trim() })}
        />
        <MultiSelect
          label={say("form.events")}
          description={say("form.eventsHint")}
          placeholder={fields.events.length === 0 ? say("fiveEvents") : ""}
          data={[
            { group: say("form.messages"), items: [...MESSAGES] },
            { group: say("form.account"), items: others },
          ]}
          value={fields.events}
          onChange={(events) => change({ events })}
        />
        <TagsInput
          label={say("form.templates")}
          description={say("form.templatesHint")}
          placeholder={fields.templates.length === 0 ? say("one.allTemplates") : ""}
          value={fields.templates}
          onChange={(templates) => change({ templates })}
        />
        <TagsInput
          label={say("form.numbers")}
          description={say("form.numbersHint")}
          placeholder={fields.numbers.length === 0 ? say("one.all") : ""}
          value={fields.numbers}
          onChange={(numbers) => change({ numbers })}
        />
        <NumberInput
          label={say("one.rate")}
          placeholder={say("form.noLimit")}
          min={1}
          max={RATE_MAX}
          allowDecimal={false}
          value={fields.rate}
          onChange={(rate) => change({ rate: rate === "" ? "" : Number(rate) })}
        />
        <Textarea
          label={say("one.headers")}
          description={say(endpoint === null ? "form.headersHint" : "form.headersKept")}
          placeholder="Authorization: Bearer …"
          autosize
          error={headers === null && say("form.headersBad")}
          value={fields.headers}
          onChange={(event) => change({ headers: event.currentTarget.value })}
        />
        <ProblemNotice error={error} />
        <Button type="submit" loading={isSaving}>
          {endpoint === null ? title : say("form.save")}
        </Button>
      </form>
    </Modal>
  );
}

interface Fields {
  url: string;
  events: string[];
  templates: string[];
  numbers: string[];
  rate: number | "";
  headers: string;
}

function readFields(endpoint: Endpoint | null): Fields {
  return {
    url: endpoint?.url ?? "https://",
    events: endpoint?.events ?? [],
    templates: endpoint?.templates ?? [],
    numbers: endpoint?.numbers ?? [],
    rate: endpoint?.rate_per_second ?? "",
    // Their values are never shown again.
    headers: "",
  };
}

/** An empty field is no limit. */
function wishOf(fields: Fields, headers: Record<string, string>): EndpointWish {
  const listOf = <Value extends string>(values: string[]) =>
    values.length === 0 ? null : (values as Value[]);
  return {
    url: fields.url,
    events: listOf<EventFilter>(fields.events),
    templates: listOf(fields.templates),
    numbers: listOf(fields.numbers),
    rate_per_second: fields.rate === "" ? null : fields.rate,
    ...(Object.keys(headers).length > 0 && { headers }),
  };
}
