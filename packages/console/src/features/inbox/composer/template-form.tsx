import { Button, TextInput } from "@mantine/core";
import { IconArrowLeft, IconFile, IconSend2 } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { formatMoney } from "../../../ui/format/format-money.ts";
import { ProblemNotice } from "../../../ui/problem/problem-notice.tsx";
import { FormattedText } from "../../../ui/text/formatted-text.tsx";
import { inboxWords } from "../i18n/inbox-words.ts";
import { type AnswerTo, type BodyOf, inboxApi } from "../state/inbox-api.ts";
import { fillTemplate } from "./fill-template.ts";
import styles from "./template-picker.module.css";

type Template = AnswerTo<"listPickerTemplates">["items"][number];

interface TemplateFormProps {
  template: Template;
  currency: string;
  onBack: () => void;
  onSend: (body: BodyOf<"composeMessage">) => void;
}

/** The slots of one template, what it will look like, and what it costs. */
export function TemplateForm({ template, currency, onBack, onSend }: TemplateFormProps) {
  const say = inboxWords.useWords();
  const [values, setValues] = useState(() => template.variables.map(({ suggested }) => suggested));
  const { media, field } = useHeaderFile(template);
  const isWhole =
    values.every((value) => value.trim() !== "") && (field === null || media !== null);
  const send = () =>
    onSend({
      template: { id: template.id },
      variables: values.map((value) => value.trim()),
      ...(media === null ? {} : { media }),
    });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole && template.refusal === null) send();
      }}
    >
      <button type="button" className={styles.back} onClick={onBack}>
        <IconArrowLeft size={15} stroke={1.8} aria-hidden /> {say("templates.others")}
      </button>
      <TemplatePreview template={template} values={values} />
      <div className={styles.fields}>
        {field}
        {template.variables.map(({ name, example, part }, index) => (
          <TextInput
            key={`${part}-${name}`}
            label={say("templates.variable", { name, part: say(`templates.part.${part}`) })}
            placeholder={example}
            value={values[index] ?? ""}
            data-testid="template-variable"
            onChange={(event) => setValues(values.with(index, event.target.value))}
          />
        ))}
      </div>
      <footer className={styles.foot}>
        {template.refusal === null ? (
          <span className={styles.cost}>
            {template.price === null
              ? say("templates.noPrice")
              : say("templates.cost", {
                  price: formatMoney(template.price, currency),
                })}
          </span>
        ) : (
          <span className={styles.refusal} role="alert">
            {say(`templates.refusal.${refusalName(template.refusal.code)}`)}
          </span>
        )}
        <Button
          type="submit"
          disabled={!isWhole || template.refusal !== null}
          leftSection={<IconSend2 size={16} stroke={1.7} />}
        >
          {say("templates.send")}
        </Button>
      </footer>
    </form>
  );
}

/** As the person will see it; a slot without a value shows its name. */
function TemplatePreview({ template, values }: { template: Template; values: readonly string[] }) {
  const text = fillTemplate(template, values);
  const { header } = template;
  return (
    <div className={styles.preview} data-testid="template-preview">
      <div className={styles.bubble}>
        {header !== null && header.format !== "text" && (
          <p className={styles.media}>
            <IconFile size={18} stroke={1.5} aria-hidden />
          </p>
        )}
        {text.header !== "" && <p className={styles.header}>{text.header}</p>}
        <FormattedText text={text.body} />
        {template.footer !== null && <p className={styles.footer}>{template.footer}</p>}
        {template.buttons.map((button) => (
          <p key={button.text} className={styles.button}>
            {button.text}
          </p>
        ))}
      </div>
    </div>
  );
}

/** The file that a template's header wants; `field` is null when it wants none. */
function useHeaderFile({ header }: Template) {
  const say = inboxWords.useWords();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<{ id: string; name: string } | null>(null);
  const [error, setError] = useState<unknown>(null);
  if (header === null || header.format === "text" || header.format === "location") {
    return { media: null, field: null };
  }
  const upload = (chosen: File | undefined) => {
    if (chosen === undefined) return;
    setError(null);
    inboxApi
      .upload(chosen)
      .then(({ id }) => setFile({ id, name: chosen.name }))
      .catch(setError);
  };
  const field = (
    <div>
      <input ref={input} type="file" hidden onChange={(event) => upload(event.target.files?.[0])} />
      <Button variant="default" onClick={() => input.current?.click()}>
        {file?.name ?? say("templates.file")}
      </Button>
      <ProblemNotice error={error} />
    </div>
  );
  return { media: file, field };
}

const REFUSALS = [
  ...(["no_price", "category_guard", "opted_out", "insufficient_balance"] as const),
  ...(["number_hidden", "other"] as const),
];

function refusalName(code: string): (typeof REFUSALS)[number] {
  return REFUSALS.find((name) => name === code) ?? "other";
}
