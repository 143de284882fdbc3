import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { formatMobile } from "../../ui/format/format-number.ts";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { operatorWords } from "./i18n/operator-words.ts";
import { nameProvider } from "./number-drawer.tsx";
import { listChannelsOf } from "./operator-calls.ts";
import styles from "./operators.module.css";

/** The account's official numbers, and the way to connect one more. */
export function AccountNumbers({ accountId }: { accountId: string }) {
  const say = operatorWords.useWords();
  const navigate = useNavigate();
  const { data, error } = useQuery({
    queryKey: ["accounts", accountId, "channels"],
    queryFn: ({ signal }) => listChannelsOf(accountId, signal),
  });
  return (
    <>
      <ProblemNotice error={error} />
      {data?.items.length === 0 && <p className={styles.plain}>{say("account.noNumbers")}</p>}
      {data !== undefined && data.items.length > 0 && (
        <ul className={styles.plain}>
          {data.items.map(({ id, officialNumber, provider }) => (
            <li key={id}>
              <Link to="/operador" search={{ ver: "numeros" }}>
                {formatMobile(officialNumber)}
              </Link>{" "}
              · {say(`numbers.providers.${nameProvider(provider)}`)}
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button
          variant="default"
          onClick={() =>
            void navigate({ to: "/operador/cuentas/$accountId/numero", params: { accountId } })
          }
        >
          {say("account.addNumber")}
        </Button>
      </div>
    </>
  );
}
