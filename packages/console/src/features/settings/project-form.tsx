import { Button, Group, NumberInput, Select, SimpleGrid, TextInput } from "@mantine/core";
import { type UseFormReturnType, useForm } from "@mantine/form";
import type { CONSOLE_OPERATIONS } from "@recado/contract/console/operations";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { callConsole } from "../../api/call.ts";
import type { AnswerOf } from "../../api/operation.ts";
import { PageSection } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { showToast } from "../../ui/toast/toast.ts";
import { settingsWords } from "./i18n/settings-words.ts";

type ChangeProject = typeof CONSOLE_OPERATIONS.changeProject;
type Project = AnswerOf<ChangeProject>;
const categories = ["marketing", "utility", "authentication", "service"] as const;
const HOUR_S = 3_600;
const MINUTE_S = 60;
const number = {
  min: 0,
  allowDecimal: false,
  allowNegative: false,
  clampBehavior: "strict",
} as const;

/** A project's settings, in the units that people count in; the server counts in seconds. */
export function ProjectForm({ project }: { project: Project }) {
  const say = settingsWords.useWords();
  const client = useQueryClient();
  const zones = useMemo(
    () => [...new Set([project.time_zone, ...Intl.supportedValuesOf("timeZone")])],
    [project.time_zone],
  );
  const form = useForm({ initialValues: readValues(project) });
  const save = useMutation({
    mutationFn: () =>
      callConsole<ChangeProject>({
        method: "PATCH",
        path: "/projects/:id",
        params: { id: project.id },
        body: formatChange(form.values, project),
      }),
    onSuccess: (changed) => {
      form.setInitialValues(readValues(changed));
      form.setValues(readValues(changed));
      showToast({ kind: "done", text: say("saved") });
      return client.invalidateQueries({ queryKey: ["projects"] });
    },
  });
  return (
    <form onSubmit={form.onSubmit(() => save.mutate())}>
      <PageSection title={say("general")} about={say("generalAbout")}>
        <TextInput
          label={say("name")}
          maxLength={200}
          required
          {...form.getInputProps("name")}
          data-testid="project-name"
        />
        <Select
          label={say("timeZone")}
          data={zones}
          searchable
          limit={80}
          allowDeselect={false}
          {...form.getInputProps("timeZone")}
        />
      </PageSection>
      <PageSection title={say("marketing")} about={say("marketingAbout")}>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <NumberInput
            label={say("marketingMax")}
            description={say("marketingMaxHint")}
            inputWrapperOrder={["label", "input", "description"]}
            max={1_000}
            {...number}
            {...form.getInputProps("marketingMax")}
          />
          <NumberInput
            label={say("marketingWindow")}
            max={24 * 365}
            {...number}
            {...form.getInputProps("marketingHours")}
          />
        </SimpleGrid>
      </PageSection>
      <PageSection title={say("guard")} about={say("guardAbout")}>
        <NumberInput
          label={say("guardLimit")}
          max={1_000_000}
          {...number}
          {...form.getInputProps("guardLimit")}
          maw={240}
        />
      </PageSection>
      <Deadlines form={form} />
      <ProblemNotice error={save.error} />
      <Group justify="flex-end" mt="sm" mb="xl">
        <Button
          type="submit"
          loading={save.isPending}
          disabled={!form.isDirty()}
          data-testid="save-project"
        >
          {say("save")}
        </Button>
      </Group>
    </form>
  );
}

function Deadlines({ form }: { form: UseFormReturnType<Values> }) {
  const say = settingsWords.useWords();
  return (
    <PageSection title={say("deadlines")} about={say("deadlinesAbout")}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        {categories.map((category) => (
          <NumberInput
            key={category}
            label={say(`category.${category}`)}
            placeholder={say("platformDefault")}
            max={60 * 24 * 30}
            {...number}
            {...form.getInputProps(`deadlineMin.${category}`)}
          />
        ))}
      </SimpleGrid>
    </PageSection>
  );
}

type Category = (typeof categories)[number];
type Values = ReturnType<typeof readValues>;

function readValues(project: Project) {
  const minutes = categories.map((category): [string, number | ""] => {
    const seconds = project.deadline_s[category];
    return [category, seconds === undefined ? "" : Math.round(seconds / MINUTE_S)];
  });
  return {
    name: project.name,
    timeZone: project.time_zone,
    marketingMax: project.marketing_max,
    marketingHours: Math.round(project.marketing_window_s / HOUR_S),
    guardLimit: project.category_guard_limit,
    deadlineMin: Object.fromEntries(minutes) as Record<Category, number | "">,
  };
}

/** Only what is different: what was rounded to be shown is not written back. */
function formatChange(values: Values, project: Project) {
  const before = readValues(project);
  const deadlines = categories
    .map((category) => [category, values.deadlineMin[category]] as const)
    .filter(([category, minutes]) => minutes !== "" && minutes !== before.deadlineMin[category])
    .map(([category, minutes]) => [category, Number(minutes) * MINUTE_S] as const);
  return {
    ...(values.name.trim() === before.name ? {} : { name: values.name.trim() }),
    ...(values.timeZone === before.timeZone ? {} : { time_zone: values.timeZone }),
    ...(values.marketingMax === before.marketingMax ? {} : { marketing_max: values.marketingMax }),
    ...(values.marketingHours === before.marketingHours
      ? {}
      : { marketing_window_s: values.marketingHours * HOUR_S }),
    ...(values.guardLimit === before.guardLimit ? {} : { category_guard_limit: values.guardLimit }),
    ...(deadlines.length === 0 ? {} : { deadline_s: Object.fromEntries(deadlines) }),
  };
}
