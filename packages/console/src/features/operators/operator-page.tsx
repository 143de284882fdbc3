import { Tabs } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { useSession } from "../../session/use-session.ts";
import { Page } from "../../ui/page.tsx";
import { Accounts } from "./accounts.tsx";
import { Health } from "./health.tsx";
import { operatorWords } from "./i18n/operator-words.ts";
import { Margin } from "./margin.tsx";
import { Numbers } from "./numbers.tsx";
import { type OperatorTab, operatorsAlone, operatorTabs } from "./operator-tabs.ts";
import styles from "./operators.module.css";
import { Prices } from "./prices.tsx";
import { Resellers } from "./resale/resellers.tsx";

const parts: Record<OperatorTab, () => ReactNode> = {
  cuentas: Accounts,
  revendedores: Resellers,
  numeros: Numbers,
  precios: Prices,
  margen: Margin,
  estado: Health,
};
const titles = {
  cuentas: "accounts.title",
  revendedores: "resale.title",
  numeros: "numbers.title",
  precios: "prices.title",
  margen: "margin.title",
  estado: "health.title",
} as const;

/** The platform at a glance: accounts, numbers, prices, what was earned, health. A reseller sees what is theirs. */
export function OperatorPage() {
  const say = operatorWords.useWords();
  const navigate = useNavigate();
  const { operator } = useSession().person;
  const shown = operatorTabs.filter((tab) => operator || !operatorsAlone.has(tab));
  const { ver = "cuentas" } = useSearch({ from: "/shell/operador" });
  const open = shown.find((tab) => tab === ver) ?? "cuentas";
  const Part = parts[open];
  const list = useRef<HTMLDivElement>(null);
  // On a telephone the tabs are wider than the window.
  useEffect(() => {
    const chosen = list.current?.querySelector(`[data-tab="${open}"]`);
    chosen?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [open]);
  const choose = (tab: string | null) =>
    void navigate({ to: "/operador", search: { ver: shown.find((each) => each === tab) } });
  return (
    <Page title={say("title")} about={say(operator ? "about" : "aboutReseller")} wide>
      <Tabs value={open} onChange={choose} keepMounted={false}>
        <Tabs.List ref={list} mb="md" className={styles.tabs}>
          {shown.map((tab) => (
            <Tabs.Tab key={tab} value={tab} data-tab={tab}>
              {say(tab === "revendedores" && !operator ? "resale.titleOwn" : titles[tab])}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={open}>
          <Part />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
