import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { FieldSkeletons } from "../../../ui/field-skeletons.tsx";
import { Page } from "../../../ui/page.tsx";
import { ProblemNotice } from "../../../ui/problem/problem-notice.tsx";
import { StatusTag } from "../../../ui/status-tag.tsx";
import { operatorWords } from "../i18n/operator-words.ts";
import { getAccount } from "../operator-calls.ts";
import styles from "../operators.module.css";
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
      <Page title={say("resale.reseller")} back={back} wide>
        <ProblemNotice error={error} />
        {error === null && <Waiting />}
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

/** The books have their headings before their figures. */
function Waiting() {
  const say = operatorWords.useWords();
  return (
    <div aria-busy="true">
      <FieldSkeletons count={4} />
      {(["customers", "settlements", "allocations"] as const).map((name) => (
        <section key={name}>
          <h2 className={styles.heading}>{say(`resale.${name}`)}</h2>
          <FieldSkeletons count={2} columns={1} />
        </section>
      ))}
    </div>
  );
}
