import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./app.module.css";
import { BehaviourDrawer } from "./behaviour/behaviour-drawer.tsx";
import { Announcer } from "./chrome/announcer.tsx";
import { type Section, SectionTabs } from "./chrome/section-tabs.tsx";
import { TopBar } from "./chrome/top-bar.tsx";
import { OpenTelephone } from "./stage/open-telephone.tsx";
import { StageView } from "./stage/stage-view.tsx";
import { TelephoneRail } from "./stage/telephone-rail.tsx";
import { useStage } from "./stage/use-stage.ts";
import { Welcome } from "./stage/welcome.tsx";
import { loadSetting, saveSetting } from "./state/local-setting.ts";
import { usePageState, useSession } from "./state/session-context.ts";
import { flashBubble } from "./telephone/flash-bubble.ts";
import { Modal } from "./ui/modal.tsx";
import { WebhookPanel } from "./webhooks/webhook-panel.tsx";

/** The whole page: telephones on a stage, and beside them what the integrator received. */
export function App() {
  const { t } = useTranslation();
  const session = useSession();
  const state = usePageState();
  const stage = useStage(state);
  const [section, setSection] = useState<Section>("telephones");
  const [panelShown, setPanelShown] = useState(() => loadSetting("panel") !== "hidden");
  const [dialog, setDialog] = useState<"open" | "help" | "behaviour" | null>(null);
  const close = () => setDialog(null);
  const teaching =
    state.telephones.length === 0 &&
    Object.values(state.threads).every((entries) => entries.length === 0);
  useEffect(() => {
    session.start();
    return () => session.stop();
  }, [session]);
  const onShowBubble = useCallback((id: string) => {
    setSection("telephones");
    requestAnimationFrame(() => flashBubble(id));
  }, []);
  const onPanel = () => {
    setPanelShown(!panelShown);
    saveSetting("panel", panelShown ? "hidden" : "shown");
  };
  return (
    <div
      className={styles.page}
      data-section={section}
      data-panel={panelShown}
      data-teaching={teaching}
    >
      <TopBar
        panelShown={panelShown}
        onPanel={onPanel}
        onHelp={() => setDialog("help")}
        onBehaviour={() => setDialog("behaviour")}
      />
      <main className={styles.main}>
        {state.loaded ? (
          <>
            <TelephoneRail stage={stage} onAdd={() => setDialog("open")} />
            <StageView stage={stage} teaching={teaching} onAdd={() => setDialog("open")} />
            <WebhookPanel onShowBubble={onShowBubble} />
          </>
        ) : (
          <p className={styles.loading}>{t("page.loading")}</p>
        )}
      </main>
      <SectionTabs section={section} onSection={setSection} />
      <Announcer />
      {dialog === "open" && <OpenTelephone stage={stage} onClose={close} />}
      {dialog === "help" && (
        <Modal title={t("welcome.title")} onClose={close}>
          <Welcome heading={false} />
        </Modal>
      )}
      {dialog === "behaviour" && state.behaviour !== null && (
        <BehaviourDrawer behaviour={state.behaviour} onClose={close} />
      )}
    </div>
  );
}
