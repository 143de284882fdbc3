import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { Page, PageSection } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { AddNumberForm } from "./add-number-form.tsx";
import { operatorWords } from "./i18n/operator-words.ts";
import { NumberAdded } from "./number-added.tsx";
import { type CreatedChannel, getAccount } from "./operator-calls.ts";

/** Connects an official number, step by step: what it takes, its credentials, the provider's side, its project, the doctor. */
export function AddNumberPage() {
  const { accountId } = useParams({ from: "/shell/operador/cuentas/$accountId/numero" });
  const say = operatorWords.useWords();
  const [made, setMade] = useState<CreatedChannel | null>(null);
  const { data: account, error } = useQuery({
    queryKey: ["accounts", accountId],
    queryFn: ({ signal }) => getAccount(accountId, signal),
  });
  const back = {
    to: "/operador/cuentas/$accountId",
    params: { accountId },
    label: account?.name ?? say("accounts.name"),
  } as const;
  return (
    <Page title={say("add.title")} about={say("add.about")} back={back}>
      <ProblemNotice error={error} />
      {made === null ? (
        <PageSection title={say("add.credentials")} about={say("add.credentialsAbout")}>
          <AddNumberForm accountId={accountId} onMade={setMade} />
        </PageSection>
      ) : (
        <NumberAdded made={made} />
      )}
    </Page>
  );
}
