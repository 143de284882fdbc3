import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMay } from "../../session/use-session.ts";
import { Page, PageSection } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { CannedReplies } from "./canned-replies.tsx";
import { inboxSettingsWords } from "./i18n/inbox-settings-words.ts";
import { catalogueQuery, type InboxState, workQuery } from "./inbox-settings-calls.ts";
import { Labels } from "./labels.tsx";
import { Teams } from "./teams.tsx";
import { WorkForm } from "./work-form.tsx";

/** How the inbox works. Whoever answers has replies of their own here; the rest is for who may configure. */
export function InboxSettingsPage() {
  const say = inboxSettingsWords.useWords();
  const may = useMay();
  const catalogue = useQuery(catalogueQuery);
  return (
    <Page title={say("title")} about={say("about")}>
      <ProblemNotice error={catalogue.error} />
      {catalogue.data !== undefined && (
        <>
          <PageSection title={say("canned.title")} about={say("canned.about")}>
            <CannedReplies replies={catalogue.data.canned_replies} />
          </PageSection>
          {may("inbox.configure") && <ForSupervisors state={catalogue.data} />}
        </>
      )}
    </Page>
  );
}

function ForSupervisors({ state }: { state: InboxState }) {
  const say = inboxSettingsWords.useWords();
  const work = useQuery(workQuery);
  const [chosen, setChosen] = useState("");
  const projects = work.data?.items ?? [];
  const project = projects.find((each) => each.project_id === chosen) ?? projects[0];
  return (
    <>
      <PageSection title={say("labels.title")} about={say("labels.about")}>
        <Labels labels={state.labels} />
      </PageSection>
      <PageSection title={say("teams.title")} about={say("teams.about")}>
        <Teams teams={state.teams} people={state.people} />
      </PageSection>
      <ProblemNotice error={work.error} />
      {projects.length > 1 && (
        <SegmentedControl
          aria-label={say("project")}
          value={project?.project_id ?? ""}
          onChange={setChosen}
          data={projects.map(({ project_id: id }) => ({
            value: id,
            label: state.projects.find((each) => each.id === id)?.name ?? id,
          }))}
        />
      )}
      {project !== undefined && <WorkForm key={project.project_id} settings={project} />}
    </>
  );
}
