import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { operates } from "../../session/session.ts";
import { useSession } from "../../session/use-session.ts";
import { CodeBlock } from "../../ui/code-block.tsx";
import { CopyField } from "../../ui/copy-field.tsx";
import styles from "./first-run.module.css";
import { firstRunWords } from "./i18n/first-run-words.ts";

/** What an account cannot do for itself: who runs the platform is told how, everybody else whom to ask and for what. */
export function OperatorHelp({ id, isOpen }: { id: "number" | "balance"; isOpen: boolean }) {
  const say = firstRunWords.useWords();
  const session = useSession();
  const { account } = session;
  if (!isOpen) return null;
  if (!operates(session)) {
    return (
      <div className={styles.help}>
        <p>{say("ask")}</p>
        <CopyField value={account.id} label={say("accountId")} />
      </div>
    );
  }
  if (id === "balance") {
    return (
      <div className={styles.help}>
        <Button component={Link} to={`/operador/cuentas/${account.id}`} className={styles.act}>
          {say("balance.act")}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.help}>
      <p>{say("number.how")}</p>
      <CodeBlock code={commandsFor(account)} label={say("number.how")} />
    </div>
  );
}

/** As `docs/how-to/number-on-meta.md` explains them, with this account in its place. */
function commandsFor({ id, name }: { id: string; name: string }): string {
  return [
    `npm run recado -- channel add ${id} \\`,
    "  --number 573005202020 --number-id <phone number id> --business-id <WABA id> \\",
    "  --access-token @token.txt --app-secret @app-secret.txt",
    `npm run recado -- project create ${id} ${quote(name)} --channel <channel>`,
  ].join("\n");
}

/** A name may hold anything; a shell is to see one word. */
function quote(name: string): string {
  return `'${name.replaceAll("'", "'\\''")}'`;
}
