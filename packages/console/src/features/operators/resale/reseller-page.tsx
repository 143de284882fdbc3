import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Page } from "../../../ui/page.tsx";
import { ProblemNotice } from "../../../ui/problem/problem-notice.tsx";
import { StatusTag } from "../../../ui/status-tag.tsx";
import { operatorWords } from "../i18n/operator-words.ts";
import { getAccount } from "../operator-calls.ts";
import { ResellerBooks } from "./reseller-books.tsx";

/** One reseller, to the operator: what was settled, who it sells to, what it handed on. */
export function ResellerPage() {
  const { accountId } = useParams({ from: "/shell/operador/revendedores/$accountId" });
  const say = operatorWords.useWords();
  const { data: account, error } = useQuery({
    queryKey: ["accounts", accountId],
    queryFn: ({ signal }) => getAccount(accountId, signal),
  });
  const back = { to: "/operador", label: say("title") } as const;
  if (account === undefined) {
    return (
      <Page title={say("resale.title")} back={back} wide>
        <ProblemNotice error={error} />
        {error === null && <Skeleton height={280} radius="md" />}
      </Page>
    );
  }
  return (
    <Page
      wide
      title={account.name}
      about={say("resale.pageAbout")}
      back={back}
      tools={
        <StatusTag kind={account.state === "active" ? "good" : "mute"}>
          {say(`accounts.${account.state}`)}
        </StatusTag>
      }
      actions={
        <Button variant="default" component={Link} to={`/operador/cuentas/${accountId}`}>
          {say("resale.openAccount")}
        </Button>
      }
    >
      <ResellerBooks resellerId={account.id} currency={account.currency} />
    </Page>
  );
}
