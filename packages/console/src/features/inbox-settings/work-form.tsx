import { Button, NumberInput, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { PageSection } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { showToast } from "../../ui/toast/toast.ts";
import { inboxSettingsWords } from "./i18n/inbox-settings-words.ts";
import styles from "./inbox-settings.module.css";
import { changeWork, type WorkSettings, workQuery } from "./inbox-settings-calls.ts";
import { WeeklyHours } from "./weekly-hours.tsx";

const MODES = ["off", "round_robin", "least_busy"] as const;

interface PartProps {
  form: WorkSettings;
  change(part: Partial<WorkSettings>): void;
}

/** Hours, away message, giving out and rating of one project. */
export function WorkForm({ settings }: { settings: WorkSettings }) {
  const say = inboxSettingsWords.useWords();
  const client = useQueryClient();
  const [form, setForm] = useState(settings);
  const change = (part: Partial<WorkSettings>) => setForm((now) => ({ ...now, ...part }));
  const save = useMutation({
    mutationFn: ({ hours, away, assignment, rating, version }: WorkSettings) =>
      changeWork(settings.project_id, { hours, away, assignment, rating, version }),
    onSuccess(saved) {
      setForm(saved);
      showToast({ kind: "done", text: say("saved") });
      return client.invalidateQueries({ queryKey: workQuery.queryKey });
    },
  });
  return (
    <form
      className={styles.work}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(form);
      }}
    >
      <PageSection title={say("hours.title")} about={say("hours.about")}>
        <Switch
          label={say("hours.enabled")}
          checked={form.hours.enabled}
          onChange={(event) =>
            change({ hours: { ...form.hours, enabled: event.currentTarget.checked } })
          }
        />
        {form.hours.enabled && (
          <>
            <WeeklyHours
              weekly={form.hours.weekly}
              onChange={(weekly) => change({ hours: { ...form.hours, weekly } })}
            />
            <p className={styles.soft}>{say(settings.open_now ? "hours.now" : "hours.notNow")}</p>
          </>
        )}
      </PageSection>
      <Away form={form} change={change} />
      <Assignment form={form} change={change} />
      <Rating form={form} change={change} />
      <ProblemNotice error={save.error} />
      <Button type="submit" loading={save.isPending}>
        {say("save")}
      </Button>
    </form>
  );
}

function Away({ form, change }: PartProps) {
  const say = inboxSettingsWords.useWords();
  const { away } = form;
  return (
    <PageSection title={say("away.title")} about={say("away.about")}>
      <Switch
        label={say("away.enabled")}
        checked={away.enabled}
        onChange={(event) => change({ away: { ...away, enabled: event.currentTarget.checked } })}
      />
      {away.enabled && (
        <Textarea
          label={say("away.text")}
          required
          autosize
          minRows={2}
          value={away.text}
          onChange={(event) => change({ away: { ...away, text: event.currentTarget.value } })}
        />
      )}
    </PageSection>
  );
}

function Assignment({ form, change }: PartProps) {
  const say = inboxSettingsWords.useWords();
  const { assignment } = form;
  return (
    <PageSection title={say("assignment.title")} about={say("assignment.about")}>
      <Select
        label={say("assignment.mode")}
        allowDeselect={false}
        data={MODES.map((value) => ({ value, label: say(`assignment.modes.${value}`) }))}
        value={assignment.mode}
        onChange={(value) =>
          change({
            assignment: {
              ...assignment,
              mode: MODES.find((each) => each === value) ?? assignment.mode,
            },
          })
        }
      />
      <NumberInput
        label={say("assignment.capacity")}
        min={1}
        max={500}
        allowDecimal={false}
        value={assignment.capacity}
        onChange={(value) =>
          change({ assignment: { ...assignment, capacity: Number(value) || 1 } })
        }
      />
    </PageSection>
  );
}

function Rating({ form, change }: PartProps) {
  const say = inboxSettingsWords.useWords();
  const { rating } = form;
  return (
    <PageSection title={say("rating.title")} about={say("rating.about")}>
      <Switch
        label={say("rating.enabled")}
        checked={rating.enabled}
        onChange={(event) =>
          change({ rating: { ...rating, enabled: event.currentTarget.checked } })
        }
      />
      {rating.enabled && (
        <TextInput
          label={say("rating.question")}
          value={rating.question}
          onChange={(event) =>
            change({ rating: { ...rating, question: event.currentTarget.value } })
          }
        />
      )}
    </PageSection>
  );
}
