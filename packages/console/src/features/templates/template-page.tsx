import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useMay } from "../../session/use-session.ts";
import { Facts } from "../../ui/facts.tsx";
import { formatCountry } from "../../ui/format/format-country.ts";
import { formatMoney } from "../../ui/format/format-money.ts";
import { formatFull } from "../../ui/format/format-time.ts";
import { Page, PageSection } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { History } from "./history.tsx";
import { templateWords } from "./i18n/template-words.ts";
import { RemoveButton, SubmitButton } from "./life-buttons.tsx";
import { Notices } from "./notices.tsx";
import { TelephonePreview } from "./telephone-preview.tsx";
import { getTemplate, previewTemplate, type Template } from "./template-calls.ts";
import { TemplateStatus } from "./template-status.tsx";
import styles from "./templates.module.css";

const REFETCH_MS = 5_000;
/** WhatsApp lets nobody edit the others. */
const EDITABLE: ReadonlySet<Template["status"]> = new Set([
  ...(["draft", "approved", "rejected", "paused"] as const),
]);

/** One template: how it looks, how it stands and why, what it costs, and its whole history. */
export function TemplatePage() {
  const id = Number(useParams({ from: "/shell/plantillas/$templateId" }).templateId);
  const say = templateWords.useWords();
  const { data: template, error } = useQuery({
    queryKey: ["templates", id],
    queryFn: ({ signal }) => getTemplate(id, signal),
    refetchInterval: REFETCH_MS,
  });
  const back = { to: "/plantillas", label: say("title") } as const;
  if (template === undefined) {
    return (
      <Page title={say("one.title")} back={back}>
        <ProblemNotice error={error} />
      </Page>
    );
  }
  return (
    <Page
      title={`${template.name} (${template.language})`}
      back={back}
      tools={<TemplateStatus status={template.status} />}
      actions={<Actions template={template} />}
      wide
    >
      <Notices template={template} />
      <div className={styles.columns}>
        <div>
          <PageSection title={say("one.facts")}>
            <TemplateFacts template={template} />
          </PageSection>
          <PageSection title={say("one.history")}>
            <History id={id} />
          </PageSection>
        </div>
        <Shown template={template} />
      </div>
    </Page>
  );
}

function Actions({ template }: { template: Template }) {
  const say = templateWords.useWords();
  const may = useMay();
  const writes = may("templates.write");
  const mayBeSubmitted = template.edit !== null && EDITABLE.has(template.status);
  return (
    <div className={styles.actions}>
      {template.status === "approved" && may("messages.send") && (
        <Button component={Link} to={`/probar?plantilla=${template.id}`} variant="default">
          {say("one.try")}
        </Button>
      )}
      {writes && (
        <>
          <RemoveButton template={template} />
          {EDITABLE.has(template.status) && (
            <Button component={Link} to={`/plantillas/${template.id}/editar`} variant="default">
              {say("one.edit")}
            </Button>
          )}
          {mayBeSubmitted && <SubmitButton template={template} />}
        </>
      )}
    </div>
  );
}

function TemplateFacts({ template }: { template: Template }) {
  const say = templateWords.useWords();
  const { submitted_at: submitted, last_verified_at: verified, quality } = template;
  return (
    <Facts
      facts={[
        [say("one.id"), template.id],
        [say("column.category"), say(`category.${template.category}`)],
        [say("column.quality"), quality && say(`quality.${quality}`)],
        [say("column.variables"), template.variables.map(({ name }) => name).join(", ")],
        [say("one.submittedAt"), submitted && formatFull(submitted)],
        [say("one.verifiedAt"), verified && formatFull(verified)],
      ]}
    />
  );
}

function Shown({ template }: { template: Template }) {
  const say = templateWords.useWords();
  const { data, error } = useQuery({
    queryKey: ["templates", template.id, "preview", template.updated_at],
    queryFn: ({ signal }) => previewTemplate(template.id, signal),
  });
  return (
    <aside className={styles.shown}>
      <h2 className={styles.heading}>{say("one.preview")}</h2>
      <ProblemNotice error={error} />
      {data !== undefined && (
        <>
          <TelephonePreview shown={data} label={say("one.preview")} />
          <h2 className={styles.heading}>{say("one.prices")}</h2>
          <Facts
            facts={data.prices.map(({ country, amount }) => [
              formatCountry(country),
              amount === null ? "—" : formatMoney(amount, data.currency),
            ])}
          />
        </>
      )}
    </aside>
  );
}
