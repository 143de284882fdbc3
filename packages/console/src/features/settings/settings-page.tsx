import { SegmentedControl } from "@mantine/core";
import type { CONSOLE_OPERATIONS } from "@recado/contract/console/operations";
import { IconSettings } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { callConsole } from "../../api/call.ts";
import { useSession } from "../../session/use-session.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FieldSkeletons } from "../../ui/field-skeletons.tsx";
import { Page, PageSection } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { CapSection } from "./cap-form.tsx";
import { settingsWords } from "./i18n/settings-words.ts";
import { ProjectForm } from "./project-form.tsx";

type ListProjects = typeof CONSOLE_OPERATIONS.listProjects;

/** Under it the projects are kept. */
export const projectsKey = ["projects"] as const;

/** What each project of the account is told to do. */
export function SettingsPage() {
  const say = settingsWords.useWords();
  const { account } = useSession();
  const [chosen, setChosen] = useState<string>();
  const { data, error } = useQuery({
    queryKey: projectsKey,
    queryFn: ({ signal }) =>
      callConsole<ListProjects>({ method: "GET", path: "/projects", query: {}, signal }),
  });
  const projects = data?.items;
  const project = projects?.find(({ id }) => id === chosen) ?? projects?.[0];
  const tools =
    projects !== undefined && projects.length > 1 ? (
      <SegmentedControl
        aria-label={say("project")}
        value={project?.id ?? ""}
        data={projects.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={setChosen}
      />
    ) : undefined;
  return (
    <Page title={say("title")} about={say("about", { account: account.name })} tools={tools}>
      <ProblemNotice error={error} />
      {projects === undefined && error === null && <Waiting />}
      {projects?.length === 0 && (
        <EmptyState icon={IconSettings} title={say("empty")} text={say("emptyText")} />
      )}
      {project !== undefined && <ProjectForm key={project.id} project={project} />}
      {project !== undefined && <CapSection projectId={project.id} />}
    </Page>
  );
}

/** What is settled here is known before how. */
function Waiting() {
  const say = settingsWords.useWords();
  return (
    <div aria-busy="true">
      <PageSection title={say("general")} about={say("generalAbout")}>
        <FieldSkeletons count={2} columns={1} />
      </PageSection>
      <PageSection title={say("marketing")} about={say("marketingAbout")}>
        <FieldSkeletons count={2} />
      </PageSection>
      <PageSection title={say("guard")} about={say("guardAbout")}>
        <FieldSkeletons count={1} />
      </PageSection>
      <PageSection title={say("deadlines")} about={say("deadlinesAbout")}>
        <FieldSkeletons count={4} />
      </PageSection>
    </div>
  );
}
