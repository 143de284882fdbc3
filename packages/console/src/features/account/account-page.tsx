import { useSession } from "../../session/use-session.ts";
import { Page, PageSection } from "../../ui/page.tsx";
import { AppearanceForm } from "./appearance-form.tsx";
import { accountWords } from "./i18n/account-words.ts";
import { NameForm } from "./name-form.tsx";
import { PasswordForm } from "./password-form.tsx";
import { SecondFactor } from "./second-factor.tsx";
import { SessionList } from "./session-list.tsx";

/** What is one's own: name, password, second step, sessions, looks. */
export function AccountPage() {
  const say = accountWords.useWords();
  const { person } = useSession();
  return (
    <Page title={say("title")} about={[person.login, person.email].filter(Boolean).join(" · ")}>
      <PageSection title={say("profile")} about={say("profileAbout")}>
        <NameForm />
      </PageSection>
      <PageSection title={say("look")} about={say("lookAbout")}>
        <AppearanceForm />
      </PageSection>
      <PageSection title={say("second")} about={say("secondAbout")}>
        <SecondFactor />
      </PageSection>
      <PageSection title={say("password")} about={say("passwordAbout")}>
        <PasswordForm />
      </PageSection>
      <PageSection title={say("sessions")} about={say("sessionsAbout")}>
        <SessionList />
      </PageSection>
    </Page>
  );
}
