import { Button } from "@mantine/core";
import type { Say } from "../../i18n/words.ts";
import { formatDay } from "../../ui/format/format-time.ts";
import { StatusTag } from "../../ui/status-tag.tsx";
import type { Column } from "../../ui/table/data-table.tsx";
import { ThingCell } from "../../ui/thing-cell.tsx";
import { Ago } from "../../ui/time.tsx";
import type { es } from "./i18n/es.ts";
import type { Token } from "./token-calls.ts";

/** The columns of the tokens' table. */
export function tokenColumns(
  say: Say<typeof es>,
  onRevoke: (token: Token) => void,
): Column<Token>[] {
  return [
    {
      id: "token",
      title: say("column.token"),
      card: "headline",
      cell: ({ label, hint }) => <ThingCell title={label} about={`…${hint}`} mono />,
      sort: ({ label }) => label,
    },
    {
      id: "kind",
      title: say("column.kind"),
      cell: ({ kind }) => say(`kind.${kind}`),
      sort: ({ kind }) => kind,
      width: "16%",
    },
    {
      id: "scopes",
      title: say("column.scopes"),
      cell: ({ kind, scopes }) => (
        <span title={scopes.join(", ")}>
          {kind === "ws" ? say("allScopes") : say("scopes", { count: scopes.length })}
        </span>
      ),
      width: "16%",
    },
    {
      id: "created",
      title: say("column.created"),
      cell: ({ created_at }) => <Ago at={created_at} />,
      sort: ({ created_at }) => created_at,
      width: "14%",
    },
    {
      id: "state",
      title: say("column.state"),
      cell: (token) => <TokenState token={token} say={say} />,
      width: "16%",
    },
    {
      id: "act",
      title: "",
      card: "bare",
      align: "end",
      cell: (token) =>
        stateOf(token) === "live" && (
          <Button
            variant="subtle"
            size="compact-sm"
            c="var(--bad)"
            onClick={() => onRevoke(token)}
            data-testid="revoke"
          >
            {say("revoke")}
          </Button>
        ),
      width: "96px",
    },
  ];
}

function TokenState({ token, say }: { token: Token; say: Say<typeof es> }) {
  const state = stateOf(token);
  if (state !== "live") return <StatusTag kind="mute">{say(`state.${state}`)}</StatusTag>;
  const { expires_at } = token;
  return (
    <StatusTag kind="good">
      {expires_at === null
        ? say("state.live")
        : say("state.expires", { at: formatDay(expires_at) })}
    </StatusTag>
  );
}

function stateOf({ revoked_at, expires_at }: Token): "live" | "revoked" | "expired" {
  if (revoked_at !== null) return "revoked";
  return expires_at !== null && new Date(expires_at) <= new Date() ? "expired" : "live";
}
