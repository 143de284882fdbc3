import { Button, Drawer } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CopyField } from "../../ui/copy-field.tsx";
import { Facts } from "../../ui/facts.tsx";
import { formatMobile, formatNumber } from "../../ui/format/format-number.ts";
import { formatFull } from "../../ui/format/format-time.ts";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { useReturnFocus } from "../../ui/use-return-focus.ts";
import { FindingSkeletons, Findings } from "./findings.tsx";
import { operatorWords } from "./i18n/operator-words.ts";
import { type Channel, checkChannel } from "./operator-calls.ts";
import styles from "./operators.module.css";

/** One number: whose it is, and what the doctor finds at this moment. What is sealed of it is not shown. */
export function NumberDrawer(props: {
  number: Channel;
  accountName: string | undefined;
  checks: boolean;
  onClose(): void;
}) {
  useReturnFocus();
  const { number, accountName, checks, onClose } = props;
  const say = operatorWords.useWords();
  const { restUntil, restReason } = number;
  const rests = restUntil !== null && Date.parse(restUntil) > Date.now();
  return (
    <Drawer
      opened
      onClose={onClose}
      title={formatMobile(number.officialNumber)}
      position="right"
      size={560}
    >
      <Facts
        facts={[
          [
            say("numbers.account"),
            <Link
              key="account"
              to="/operador/cuentas/$accountId"
              params={{ accountId: number.accountId }}
            >
              {accountName ?? number.accountId}
            </Link>,
          ],
          [say("numbers.provider"), say(`numbers.providers.${nameProvider(number.provider)}`)],
          [say("numbers.rate"), formatNumber(number.ratePerSecond)],
          [say("numbers.numberId"), <code key="number">{number.numberId}</code>],
          [say("numbers.businessId"), <code key="business">{number.businessId}</code>],
          [
            say("numbers.resting"),
            rests ? `${formatFull(restUntil)} ${restReason ?? ""}`.trim() : null,
          ],
        ]}
      />
      {checks && <Doctor id={number.id} />}
    </Drawer>
  );
}

function Doctor({ id }: { id: string }) {
  const say = operatorWords.useWords();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ["channel-report", id],
    queryFn: () => checkChannel(id),
    gcTime: 0,
  });
  return (
    <section className={styles.doctor}>
      <div className={styles.doctorHead}>
        <h3 className={styles.heading}>{say("numbers.doctor")}</h3>
        <Button
          size="compact-sm"
          variant="default"
          loading={isFetching}
          onClick={() => void refetch()}
        >
          {say("numbers.again")}
        </Button>
      </div>
      <ProblemNotice error={error} />
      {data === undefined && error === null && <FindingSkeletons />}
      {data !== undefined && (
        <>
          <Findings report={data} />
          <p className={styles.label}>{say("numbers.hookUrl")}</p>
          <CopyField value={data.hookUrl} label={say("numbers.hookUrl")} />
        </>
      )}
    </section>
  );
}

/** The provider's name as it is known by people. */
export function nameProvider(provider: string): "meta-cloud" | "gupshup" | "other" {
  return provider === "meta-cloud" || provider === "gupshup" ? provider : "other";
}
