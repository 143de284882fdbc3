import { Radio, Stack } from "@mantine/core";
import { peopleWords } from "./i18n/people-words.ts";
import type { Person } from "./people-calls.ts";
import styles from "./role-field.module.css";

const roles = ["agent", "supervisor", "developer", "read-only", "administrator", "owner"] as const;

/** One role out of all, each with what it lets a person do. */
export function RoleField(props: { value: Person["role"]; onChange(role: Person["role"]): void }) {
  const say = peopleWords.useWords();
  return (
    <Radio.Group
      label={say("roleLabel")}
      value={props.value}
      onChange={(value) => props.onChange(roles.find((role) => role === value) ?? "agent")}
    >
      <Stack gap={0} className={styles.roles ?? ""}>
        {roles.map((role) => (
          <Radio
            key={role}
            value={role}
            size="xs"
            label={say(`role.${role}`)}
            description={say(`can.${role}`)}
            classNames={{ root: styles.role ?? "", label: styles.name ?? "" }}
            data-testid={`role-${role}`}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
