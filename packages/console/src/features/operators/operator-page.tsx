import { Tabs } from "@mantine/core";
import { Page } from "../../ui/page.tsx";
import { Accounts } from "./accounts.tsx";
import { Health } from "./health.tsx";
import { operatorWords } from "./i18n/operator-words.ts";
import { Numbers } from "./numbers.tsx";
import { Prices } from "./prices.tsx";

/** The platform at a glance: health, accounts, numbers, prices. */
export function OperatorPage() {
  const say = operatorWords.useWords();
  return (
    <Page title={say("title")} about={say("about")} wide>
      <Tabs defaultValue="accounts" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="accounts">{say("accounts.title")}</Tabs.Tab>
          <Tabs.Tab value="numbers">{say("numbers.title")}</Tabs.Tab>
          <Tabs.Tab value="prices">{say("prices.title")}</Tabs.Tab>
          <Tabs.Tab value="health">{say("health.title")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="accounts">
          <Accounts />
        </Tabs.Panel>
        <Tabs.Panel value="numbers">
          <Numbers />
        </Tabs.Panel>
        <Tabs.Panel value="prices">
          <Prices />
        </Tabs.Panel>
        <Tabs.Panel value="health">
          <Health />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
