import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useSession } from "../../session/use-session.ts";
import { confirm } from "../../ui/confirm/confirm.ts";
import { Facts } from "../../ui/facts.tsx";
import { FieldSkeletons } from "../../ui/field-skeletons.tsx";
import { formatFull } from "../../ui/format/format-time.ts";
import { Page, PageSection } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { toastProblem } from "../../ui/problem/toast-problem.ts";
import { StatusTag } from "../../ui/status-tag.tsx";
import { AccountLedger } from "./account-ledger.tsx";
import { AccountMoney } from "./account-money.tsx";
import { AccountNumbers } from "./account-numbers.tsx";
import { BookChoice, CapForm } from "./account-rules.tsx";
import { operatorWords } from "./i18n/operator-words.ts";
import { type Account, changeAccount, getAccount } from "./operator-calls.ts";
import { useAccountNames } from "./use-account-names.ts";

/** One account: its money, its numbers, what it may spend, and whether it may send. */
export function AccountPage() {
  const { accountId } = useParams({ from: "/shell/operador/cuentas/$accountId" });
  const say = operatorWords.useWords();
  const { data: account, error } = useQuery({
    queryKey: ["accounts", accountId],
    queryFn: ({ signal }) => getAccount(accountId, signal),
  });
  const { operator } = useSession().person;
  const names = useAccountNames();
  const back = { to: "/operador", label: say("accounts.title") } as const;
  if (account === undefined) {
    return (
      <Page title={say("accounts.name")} back={back}>
        <ProblemNotice error={error} />
        {error === null && <Waiting />}
      </Page>
    );
  }
  return (
    <Page
      title={account.name}
      back={back}
      tools={
        <StatusTag kind={account.state === "active" ? "good" : "mute"}>
          {say(`accounts.${account.state}`)}
        </StatusTag>
      }
      actions={<StateButton account={account} />}
    >
      <AccountMoney account={account} />
      <PageSection title={say("account.numbers")} about={say("account.numbersAbout")}>
        <AccountNumbers accountId={account.id} />
      </PageSection>
      <PageSection
        title={say("account.rules")}
        about={say(operator ? "account.rulesAbout" : "account.rulesAboutReseller")}
      >
        <BookChoice account={account} />
        {operator && <CapForm account={account} />}
      </PageSection>
      <PageSection title={say("account.ledger")} about={say("account.ledgerAbout")}>
        <AccountLedger account={account} />
      </PageSection>
      <PageSection title={say("account.facts")}>
        <Facts
          facts={[
            [say("accounts.currency"), account.currency],
            [say("account.countries"), account.countries.join(", ")],
            [say("account.zone"), account.timeZone],
            [
              say("accounts.parent"),
              account.parentId && (
                <Link
                  key="parent"
                  to="/operador/cuentas/$accountId"
                  params={{ accountId: account.parentId }}
                >
                  {names.get(account.parentId) ?? account.parentId}
                </Link>
              ),
            ],
            [say("accounts.created"), formatFull(account.createdAt)],
            [say("account.id"), <code key="id">{account.id}</code>],
          ]}
        />
      </PageSection>
    </Page>
  );
}

/** What stands on every account's page has its name and its place already. */
function Waiting() {
  const say = operatorWords.useWords();
  return (
    <>
      <PageSection title={say("account.numbers")} about={say("account.numbersAbout")}>
        <FieldSkeletons count={2} columns={1} />
      </PageSection>
      <PageSection title={say("account.rules")}>
        <FieldSkeletons count={2} columns={1} />
      </PageSection>
      <PageSection title={say("account.ledger")} about={say("account.ledgerAbout")}>
        <FieldSkeletons count={4} columns={1} />
      </PageSection>
    </>
  );
}

function StateButton({ account }: { account: Account }) {
  const say = operatorWords.useWords();
  const client = useQueryClient();
  const isActive = account.state === "active";
  const turn = useMutation({
    mutationFn: () => changeAccount(account.id, { state: isActive ? "disabled" : "active" }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["accounts"] }),
    onError: toastProblem,
  });
  const ask = async () => {
    const action = say(isActive ? "account.disable" : "account.enable");
    const question = { title: action, text: say("account.disableSure"), action, dangerous: true };
    if (!isActive || (await confirm(question))) turn.mutate();
  };
  return (
    <Button variant="default" loading={turn.isPending} onClick={() => void ask()}>
      {say(isActive ? "account.disable" : "account.enable")}
    </Button>
  );
}
