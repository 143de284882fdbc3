import type { number } from "@recado/contract/console/business";
import { IconDeviceMobile } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { numbersQuery } from "../../api/numbers-query.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Facts } from "../../ui/facts.tsx";
import { sayFailure } from "../../ui/failure/say-failure.ts";
import { formatMobile, formatNumber } from "../../ui/format/format-number.ts";
import { formatFull, formatWholeHour } from "../../ui/format/format-time.ts";
import { Page, PageSection } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { StatusTag } from "../../ui/status-tag.tsx";
import { Ago } from "../../ui/time.tsx";
import styles from "./channels.module.css";
import { channelWords } from "./i18n/channel-words.ts";

type OfficialNumber = (typeof number)["_zod"]["output"];

const REFETCH_MS = 10_000;

/** Every official number: whether it works, what is wrong, and what WhatsApp told about it. */
export function ChannelsPage() {
  const say = channelWords.useWords();
  const { data, error } = useQuery({ ...numbersQuery, refetchInterval: REFETCH_MS });
  return (
    <Page title={say("title")} about={say("about")}>
      <ProblemNotice error={error} />
      {data?.items.length === 0 && (
        <EmptyState icon={IconDeviceMobile} title={say("empty")} text={say("emptyText")} />
      )}
      {data?.items.map((one) => (
        <PageSection key={one.id} title={formatMobile(one.official_number)}>
          <OneNumber one={one} />
        </PageSection>
      ))}
    </Page>
  );
}

/** As they call themselves. */
const PROVIDERS: Record<string, string> = { "meta-cloud": "Meta", gupshup: "Gupshup" };

function OneNumber({ one }: { one: OfficialNumber }) {
  const say = channelWords.useWords();
  const { resting, silent, received_last_hour: lastHour } = one;
  return (
    <>
      <NumberState one={one} />
      {resting !== null && (
        <p className={styles.notice}>
          {say("restingText", { until: formatFull(resting.until) })}{" "}
          {sayFailure({ code: null, reason: resting.reason })}
        </p>
      )}
      {silent !== null && (
        <p className={styles.notice}>
          {say("silentText", { since: formatFull(silent.since), expected: silent.expected })}
        </p>
      )}
      <Facts
        facts={[
          [say("provider"), PROVIDERS[one.provider] ?? one.provider],
          [say("rate"), formatNumber(one.rate_per_second)],
          [say("lastHour"), lastHour && formatWholeHour(lastHour)],
          [say("id"), <code key="id">{one.id}</code>],
        ]}
      />
      <div>
        <h3 className={styles.heading}>{say("notices")}</h3>
        {one.notices.length === 0 && <p className={styles.soft}>{say("noNotices")}</p>}
        <ul>
          {one.notices.map(({ id, what, at }) => (
            <li key={id} className={styles.told}>
              <span>{what}</span> <Ago at={at} />
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

function NumberState({ one }: { one: OfficialNumber }) {
  const say = channelWords.useWords();
  if (!one.active) return <StatusTag kind="mute">{say("state.inactive")}</StatusTag>;
  if (one.silent !== null) return <StatusTag kind="bad">{say("state.silent")}</StatusTag>;
  if (one.resting !== null) return <StatusTag kind="wait">{say("state.resting")}</StatusTag>;
  return <StatusTag kind="good">{say("state.active")}</StatusTag>;
}
