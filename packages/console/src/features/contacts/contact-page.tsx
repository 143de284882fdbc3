import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useMay } from "../../session/use-session.ts";
import { Facts } from "../../ui/facts.tsx";
import { formatMobile } from "../../ui/format/format-number.ts";
import { formatFull } from "../../ui/format/format-time.ts";
import { Page, PageSection } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { showToast } from "../../ui/toast/toast.ts";
import { type Contact, changeContact, getContact } from "./contact-calls.ts";
import styles from "./contacts.module.css";
import { contactWords } from "./i18n/contact-words.ts";

/** One person: what they are called and reached by, and what the account notes of them. */
export function ContactPage() {
  const { contactId } = useParams({ from: "/shell/contactos/$contactId" });
  const say = contactWords.useWords();
  const navigate = useNavigate();
  const { data: contact, error } = useQuery({
    queryKey: ["contacts", "one", contactId],
    queryFn: ({ signal }) => getContact(contactId, signal),
  });
  const back = { to: "/contactos", label: say("title") } as const;
  if (contact === undefined) {
    return (
      <Page title={say("one.title")} back={back}>
        <ProblemNotice error={error} />
      </Page>
    );
  }
  const fields = Object.entries(contact.custom_fields);
  return (
    <Page
      title={contact.name ?? contact.profile_name ?? say("unnamed")}
      back={back}
      actions={
        contact.mobile !== null && (
          <Button
            variant="default"
            onClick={() =>
              void navigate({ to: "/mensajes", search: { celular: contact.mobile ?? undefined } })
            }
          >
            {say("one.messages")}
          </Button>
        )
      }
    >
      <PageSection title={say("one.addresses")}>
        <Facts
          facts={[
            [say("one.calls"), contact.profile_name],
            ...contact.addresses.map(
              ({ kind, value, confirmed }) =>
                [
                  say(kind === "phone" ? "mobile" : "one.userId"),
                  `${kind === "phone" ? formatMobile(value) : value}${confirmed ? "" : ` (${say("one.unconfirmed")})`}`,
                ] as const,
            ),
            [say("since"), formatFull(contact.created_at)],
          ]}
        />
      </PageSection>
      <PageSection title={say("one.edit")}>
        <ContactForm key={contact.id} contact={contact} />
      </PageSection>
      <PageSection title={say("one.fields")}>
        {fields.length === 0 ? (
          <p className={styles.soft}>{say("one.noFields")}</p>
        ) : (
          <Facts facts={fields.map(([name, value]) => [name, String(value)])} />
        )}
      </PageSection>
    </Page>
  );
}

function ContactForm({ contact }: { contact: Contact }) {
  const say = contactWords.useWords();
  const may = useMay();
  const client = useQueryClient();
  const [name, setName] = useState(contact.name ?? "");
  const [labels, setLabels] = useState(contact.labels.join(", "));
  const save = useMutation({
    mutationFn: () =>
      changeContact(contact.id, {
        name: name.trim() === "" ? null : name.trim(),
        labels: labels
          .split(",")
          .map((label) => label.trim())
          .filter((label) => label !== ""),
      }),
    onSuccess() {
      showToast({ kind: "done", text: say("one.saved") });
      return client.invalidateQueries({ queryKey: ["contacts"] });
    },
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <TextInput
        label={say("name")}
        value={name}
        disabled={!may("contacts.write")}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={say("labels")}
        description={say("one.labelsHint")}
        value={labels}
        disabled={!may("contacts.write")}
        onChange={(event) => setLabels(event.currentTarget.value)}
      />
      <ProblemNotice error={save.error} />
      {may("contacts.write") && (
        <Button type="submit" className={styles.save} loading={save.isPending}>
          {say("one.save")}
        </Button>
      )}
    </form>
  );
}
