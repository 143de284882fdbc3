import { Button, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSession } from "../../session/use-session.ts";
import { CopyField } from "../../ui/copy-field.tsx";
import { formatMobile } from "../../ui/format/format-number.ts";
import { PageSection } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { showToast } from "../../ui/toast/toast.ts";
import { FindingSkeletons, Findings } from "./findings.tsx";
import { operatorWords } from "./i18n/operator-words.ts";
import {
  type Channel,
  type CreatedChannel,
  changeProject,
  checkChannel,
  createProject,
  listProjects,
} from "./operator-calls.ts";
import styles from "./operators.module.css";

/** After a number is connected: what to enter at its provider, which project sends from it, and whether it works. */
export function NumberAdded({ made }: { made: CreatedChannel }) {
  const say = operatorWords.useWords();
  const { operator } = useSession().person;
  const { channel, hookUrl, verifyToken } = made;
  const of = channel.provider === "gupshup" ? "gupshup" : "meta";
  const title = say("add.provider", { number: formatMobile(channel.officialNumber) });
  return (
    <>
      <PageSection title={title} about={say("add.providerAbout")}>
        <p>{say(`add.${of}.hook`)}</p>
        <div>
          <p className={styles.label}>{say("numbers.hookUrl")}</p>
          <CopyField value={hookUrl} label={say("numbers.hookUrl")} testId="hook-url" />
        </div>
        {verifyToken !== null && (
          <div>
            <p className={styles.label}>{say("add.verifyToken")}</p>
            <CopyField value={verifyToken} label={say("add.verifyToken")} testId="verify-token" />
            <p className={styles.plain}>{say("add.shownOnce")}</p>
          </div>
        )}
        <p className={styles.plain}>{say(`add.${of}.after`)}</p>
      </PageSection>
      <PageSection title={say("add.project")} about={say("add.projectAbout")}>
        <ProjectOfNumber channel={channel} />
      </PageSection>
      {operator && (
        <PageSection title={say("numbers.doctor")} about={say("add.doctorAbout")}>
          <Check channelId={channel.id} />
        </PageSection>
      )}
    </>
  );
}

function ProjectOfNumber({ channel }: { channel: Channel }) {
  const say = operatorWords.useWords();
  const client = useQueryClient();
  const { accountId, id: channelId } = channel;
  const queryKey = ["accounts", accountId, "projects"];
  const [name, setName] = useState("");
  const { data, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) => listProjects(accountId, signal),
  });
  const done = {
    onSuccess() {
      showToast({ kind: "done", text: say("account.saved") });
      return client.invalidateQueries({ queryKey });
    },
  };
  const choose = useMutation({
    mutationFn: (id: string) => changeProject(id, { channelId }),
    ...done,
  });
  const create = useMutation({
    mutationFn: () => createProject(accountId, { name: name.trim(), channelId }),
    ...done,
  });
  const projects = data?.items ?? [];
  const current = projects.find((project) => project.channelId === channelId);
  return (
    <>
      <ProblemNotice error={error ?? choose.error ?? create.error} />
      {projects.length > 0 && (
        <Select
          label={say("add.chooseProject")}
          placeholder={say("add.noProject")}
          maw={360}
          allowDeselect={false}
          data={projects.map((project) => ({ value: project.id, label: project.name }))}
          value={current?.id ?? null}
          onChange={(id) => {
            if (id !== null) choose.mutate(id);
          }}
        />
      )}
      {data !== undefined && current === undefined && (
        <form
          className={styles.line}
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== "") create.mutate();
          }}
        >
          <TextInput
            label={say("add.newProject")}
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-testid="new-project"
          />
          <Button type="submit" variant="default" loading={create.isPending}>
            {say("add.createProject")}
          </Button>
        </form>
      )}
    </>
  );
}

function Check({ channelId }: { channelId: string }) {
  const say = operatorWords.useWords();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ["channel-report", channelId],
    queryFn: () => checkChannel(channelId),
    gcTime: 0,
  });
  return (
    <>
      <ProblemNotice error={error} />
      {data === undefined && error === null && <FindingSkeletons />}
      {data !== undefined && <Findings report={data} />}
      <div>
        <Button variant="default" loading={isFetching} onClick={() => void refetch()}>
          {say("numbers.again")}
        </Button>
      </div>
    </>
  );
}
