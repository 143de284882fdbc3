import { Button } from "@mantine/core";
import { IconKey, IconPlus } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { usePages } from "../../api/use-pages.ts";
import { confirm } from "../../ui/confirm/confirm.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { toastProblem } from "../../ui/problem/toast-problem.ts";
import { DataTable } from "../../ui/table/data-table.tsx";
import { showToast } from "../../ui/toast/toast.ts";
import { CreateTokenDialog } from "./create-token-dialog.tsx";
import { tokenWords } from "./i18n/tokens-words.ts";
import { listTokens, revokeToken, type Token, tokensKey } from "./token-calls.ts";
import { tokenColumns } from "./token-columns.tsx";

/** What programs come in by. */
export function TokensPage() {
  const say = tokenWords.useWords();
  const client = useQueryClient();
  const [creating, setCreating] = useState(false);
  const { rows, error, more } = usePages(tokensKey, listTokens);
  const { mutate: revoke } = useMutation({
    mutationFn: (token: Token) => revokeToken(token.id),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: tokensKey });
      showToast({ kind: "done", text: say("revoked") });
    },
    onError: toastProblem,
  });
  const columns = useMemo(() => {
    const ask = async (token: Token) => {
      const text = say("revokeAsk", { label: token.label });
      const question = { title: say("revoke"), text, action: say("revoke"), dangerous: true };
      if (await confirm(question)) revoke(token);
    };
    return tokenColumns(say, (token) => void ask(token));
  }, [say, revoke]);
  const create = (
    <Button
      leftSection={<IconPlus size={16} />}
      onClick={() => setCreating(true)}
      data-testid="create-token"
    >
      {say("create")}
    </Button>
  );
  return (
    <Page title={say("title")} about={say("about")} actions={create} wide>
      <ProblemNotice error={error} />
      <DataTable
        label={say("title")}
        columns={columns}
        rows={rows}
        failed={error !== null}
        rowId={({ id }) => id}
        more={more}
        empty={<EmptyState icon={IconKey} title={say("empty")} text={say("emptyText")} />}
      />
      {creating && <CreateTokenDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}
