import type { Say } from "../../i18n/words.ts";
import { StatusTag } from "../../ui/status-tag.tsx";
import type { Column } from "../../ui/table/data-table.tsx";
import { ThingCell } from "../../ui/thing-cell.tsx";
import { Ago } from "../../ui/time.tsx";
import type { es } from "./i18n/es.ts";
import type { Person } from "./people-calls.ts";

/** The columns of the people's table; `me` is marked. */
export function peopleColumns(say: Say<typeof es>, me: string): Column<Person>[] {
  return [
    {
      id: "person",
      title: say("column.person"),
      card: "headline",
      cell: ({ id, name, email, login }) => (
        <ThingCell
          avatarOf={id}
          title={id === me ? `${name} (${say("you")})` : name}
          about={email ?? login}
        />
      ),
      sort: ({ name }) => name,
    },
    {
      id: "role",
      title: say("column.role"),
      cell: ({ role }) => say(`role.${role}`),
      sort: ({ role }) => say(`role.${role}`),
      width: "16%",
    },
    {
      id: "state",
      title: say("column.state"),
      cell: (person) => <PersonState person={person} say={say} />,
      sort: stateOf,
      width: "14%",
    },
    {
      id: "secure",
      card: "hidden",
      title: say("column.secure"),
      cell: ({ has_second_factor }) => say(has_second_factor ? "secure.yes" : "secure.no"),
      sort: ({ has_second_factor }) => Number(has_second_factor),
      width: "16%",
    },
    {
      id: "seen",
      title: say("column.seen"),
      cell: ({ signed_in_at }) =>
        signed_in_at === null ? say("never") : <Ago at={signed_in_at} />,
      sort: ({ signed_in_at }) => signed_in_at,
      width: "16%",
    },
  ];
}

function PersonState({ person, say }: { person: Person; say: Say<typeof es> }) {
  const state = stateOf(person);
  const kind = state === "active" ? "good" : state === "invited" ? "wait" : "mute";
  return <StatusTag kind={kind}>{say(`state.${state}`)}</StatusTag>;
}

function stateOf({ state, has_password }: Person): "active" | "invited" | "disabled" {
  if (state === "disabled") return "disabled";
  return has_password ? "active" : "invited";
}
