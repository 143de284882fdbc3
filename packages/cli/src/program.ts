import { Command } from "commander";
import { addAccountCountries } from "./commands/account-countries.ts";
import { addAccountCreate } from "./commands/account-create.ts";
import { addAccountDisable } from "./commands/account-disable.ts";
import { addAccountEnable } from "./commands/account-enable.ts";
import { addAccountList } from "./commands/account-list.ts";
import { addAccountShow } from "./commands/account-show.ts";
import { addAccountUpdate } from "./commands/account-update.ts";
import { addAlertAdd } from "./commands/alert-add.ts";
import { addAlertList } from "./commands/alert-list.ts";
import { addAlertRemove } from "./commands/alert-remove.ts";
import { addAuditList } from "./commands/audit-list.ts";
import { addBalance } from "./commands/balance.ts";
import { addCampaignList } from "./commands/campaign-list.ts";
import { addCapList } from "./commands/cap-list.ts";
import { addCapSet } from "./commands/cap-set.ts";
import { addChannelAdd } from "./commands/channel-add.ts";
import { addChannelList } from "./commands/channel-list.ts";
import { addChannelNotices } from "./commands/channel-notices.ts";
import { addChannelUpdate } from "./commands/channel-update.ts";
import { addDoctor } from "./commands/doctor.ts";
import { addJournalList } from "./commands/journal-list.ts";
import { addJournalReprocess } from "./commands/journal-reprocess.ts";
import { addJournalShow } from "./commands/journal-show.ts";
import { addJournalSummary } from "./commands/journal-summary.ts";
import { addLedger } from "./commands/ledger.ts";
import { addMessageList } from "./commands/message-list.ts";
import { addMessageShow } from "./commands/message-show.ts";
import { addOptOutAdd } from "./commands/opt-out-add.ts";
import { addOptOutImport } from "./commands/opt-out-import.ts";
import { addOptOutList } from "./commands/opt-out-list.ts";
import { addOptOutRemove } from "./commands/opt-out-remove.ts";
import { addOptOutRules } from "./commands/opt-out-rules.ts";
import { addPersonDelete } from "./commands/person-delete.ts";
import { addPersonExport } from "./commands/person-export.ts";
import { addPriceBookCreate } from "./commands/price-book-create.ts";
import { addPriceBookList } from "./commands/price-book-list.ts";
import { addPriceList } from "./commands/price-list.ts";
import { addPriceSet } from "./commands/price-set.ts";
import { addProjectCreate } from "./commands/project-create.ts";
import { addProjectList } from "./commands/project-list.ts";
import { addProjectUpdate } from "./commands/project-update.ts";
import { addReportMargin } from "./commands/report-margin.ts";
import { addResellerList } from "./commands/reseller-list.ts";
import { addRetentionRun } from "./commands/retention-run.ts";
import { addRetentionSet } from "./commands/retention-set.ts";
import { addRetentionShow } from "./commands/retention-show.ts";
import { addSearchRebuild } from "./commands/search-rebuild.ts";
import { addSettlementList } from "./commands/settlement-list.ts";
import { addSettlementReport } from "./commands/settlement-report.ts";
import { addStatementShow } from "./commands/statement-show.ts";
import { addTemplateCreate } from "./commands/template-create.ts";
import {
  addTemplateAcceptCategory,
  addTemplateRejectCategory,
} from "./commands/template-decide.ts";
import { addTemplateDelete } from "./commands/template-delete.ts";
import { addTemplateEdit } from "./commands/template-edit.ts";
import { addTemplateHistory } from "./commands/template-history.ts";
import { addTemplateImport } from "./commands/template-import.ts";
import { addTemplateImportFile } from "./commands/template-import-file.ts";
import { addTemplateLint } from "./commands/template-lint.ts";
import { addTemplateList } from "./commands/template-list.ts";
import { addTemplatePreview } from "./commands/template-preview.ts";
import { addTemplateShow } from "./commands/template-show.ts";
import { addTemplateSubmit } from "./commands/template-submit.ts";
import { addTokenCreate } from "./commands/token-create.ts";
import { addTokenList } from "./commands/token-list.ts";
import { addTokenRevoke } from "./commands/token-revoke.ts";
import { addTopup } from "./commands/topup.ts";
import { addUserCreate } from "./commands/user-create.ts";
import { addUserLink } from "./commands/user-link.ts";
import { addUserList } from "./commands/user-list.ts";
import { addUserPassword } from "./commands/user-password.ts";
import { addUserResetSecondFactor } from "./commands/user-reset-second-factor.ts";
import { addUserUpdate } from "./commands/user-update.ts";
import { addWalletVerify } from "./commands/wallet-verify.ts";
import { addWebhookAdd } from "./commands/webhook-add.ts";
import { addWebhookAttempts } from "./commands/webhook-attempts.ts";
import { addWebhookDeliveries } from "./commands/webhook-deliveries.ts";
import { addWebhookDisable } from "./commands/webhook-disable.ts";
import { addWebhookEnable } from "./commands/webhook-enable.ts";
import { addWebhookList } from "./commands/webhook-list.ts";
import { addWebhookReplay } from "./commands/webhook-replay.ts";
import { addWebhookRotate } from "./commands/webhook-rotate.ts";
import { addWebhookTest } from "./commands/webhook-test.ts";
import { addWebhookUpdate } from "./commands/webhook-update.ts";
import type { OpenShell } from "./open-shell.ts";
import { createShell, type World } from "./shell.ts";

type AddCommand = (parent: Command, open: OpenShell) => void;

/** Nouns with their verbs, in the order in which `--help` lists them. */
const NOUNS: readonly [noun: string, about: string, verbs: readonly AddCommand[]][] = [
  [
    "account",
    "Accounts: the customers of this platform",
    [
      addAccountCreate,
      addAccountList,
      addAccountShow,
      addAccountUpdate,
      addAccountCountries,
      addAccountDisable,
      addAccountEnable,
    ],
  ],
  [
    "user",
    "People of an account",
    [
      addUserCreate,
      addUserList,
      addUserUpdate,
      addUserPassword,
      addUserLink,
      addUserResetSecondFactor,
    ],
  ],
  ["token", "Tokens: shown once, revoked at once", [addTokenCreate, addTokenList, addTokenRevoke]],
  [
    "project",
    "Projects: one service of an account, with its number and templates",
    [addProjectCreate, addProjectList, addProjectUpdate],
  ],
  [
    "channel",
    "Official numbers at a provider",
    [addChannelAdd, addChannelList, addChannelUpdate, addChannelNotices],
  ],
  [
    "template",
    "Templates of a project",
    [
      addTemplateCreate,
      addTemplateLint,
      addTemplateEdit,
      addTemplateSubmit,
      addTemplatePreview,
      addTemplateShow,
      addTemplateHistory,
      addTemplateAcceptCategory,
      addTemplateRejectCategory,
      addTemplateDelete,
      addTemplateImport,
      addTemplateImportFile,
      addTemplateList,
    ],
  ],
  ["price-book", "Price books, which accounts share", [addPriceBookCreate, addPriceBookList]],
  ["price", "Prices of a price book", [addPriceSet, addPriceList]],
  ["message", "Messages and what became of them", [addMessageList, addMessageShow]],
  [
    "webhook",
    "Integrators' endpoints and what is posted to them",
    [
      addWebhookAdd,
      addWebhookUpdate,
      addWebhookList,
      addWebhookRotate,
      addWebhookEnable,
      addWebhookDisable,
      addWebhookTest,
      addWebhookDeliveries,
      addWebhookAttempts,
      addWebhookReplay,
    ],
  ],
  [
    "journal",
    "What providers posted to us, as it came",
    [addJournalList, addJournalSummary, addJournalShow, addJournalReprocess],
  ],
  ["wallet", "The books", [addWalletVerify]],
  ["person", "One person's data: given out, and erased", [addPersonExport, addPersonDelete]],
  ["statement", "Months of an account's money", [addStatementShow]],
  ["reseller", "Accounts that sell to others", [addResellerList]],
  [
    "settlement",
    "What resellers earned and owed, day by day",
    [addSettlementList, addSettlementReport],
  ],
  ["report", "What was earned", [addReportMargin]],
  [
    "retention",
    "How long an account's things are kept",
    [addRetentionSet, addRetentionShow, addRetentionRun],
  ],
  ["search", "What the inbox's search finds", [addSearchRebuild]],
  ["audit", "Who changed what", [addAuditList]],
  ["cap", "What may be sent in a day", [addCapSet, addCapList]],
  ["campaign", "Sends that are counted together", [addCampaignList]],
  ["alert", "Alerts of a low balance", [addAlertAdd, addAlertList, addAlertRemove]],
  [
    "opt-out",
    "Who is not sent marketing",
    [addOptOutAdd, addOptOutList, addOptOutRemove, addOptOutImport, addOptOutRules],
  ],
];

const EXAMPLES = `
Settings (environment):
  RECADO_URL     where the server is (default http://127.0.0.1:8080)
  RECADO_TOKEN   an administrator's token; without it the file DATA_DIR/admin-token is read
  DATA_DIR       the server's folder (default ./data)

A new customer, from nothing to the first message:
  recado price-book create "Lista 2026"
  recado price set <price-book> --country CO --category utility --amount 125.50
  recado account create "Ferretería El Tornillo" --price-book <price-book>
  recado user create <account> tornillo
  recado channel add <account> --number 573005202020 --number-id 1042 --business-id 2077 \\
      --access-token - --app-secret -   < token-and-secret.txt
  recado project create <account> "Cobranza" --channel <channel>
  recado template import <project>
  recado webhook add <project> https://tornillo.example/recado
  recado topup <account> 500000 --reference banco-2026-11-22
  recado token create ws --login tornillo

On the server's own machine, without HTTP:
  recado serve [--role api,worker]    run the server until it is told to stop
  recado migrate                      bring the database up to date
  recado backup <folder>              copy everything while it runs
  recado restore <folder> [--verify]  put a backup into an empty installation, or rehearse it
  recado restored [--release|--fail]  messages that are held since a restore
  recado admin-token                  make an administrator's token, for this command line

Every day:
  recado message list <account> --status failed --since 2026-11-22
  recado message show <messageId>
  recado webhook update <endpoint> --rate 20 --template cita saldo
  recado webhook replay --endpoint <endpoint> --since 2026-11-22
  recado wallet verify && recado doctor
  recado person export <account> --mobile 573001234567 --out person.json
  recado person delete <account> --mobile 573001234567 --yes

Exit codes: 0 done · 1 refused or failed · 2 not used as documented.
With --json the result is JSON on standard output, for programs.`;

/** The whole command line. `open` is asked for a shell by the command that runs. */
export function createProgram(world: World): Command {
  const program = new Command("recado")
    .description("Administer a Recado server.")
    .option("--json", "print results as JSON")
    .addHelpText("after", EXAMPLES)
    .showHelpAfterError("Add --help to see how it is used.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => world.stdout.write(text),
      writeErr: (text) => world.stderr.write(text),
    });
  const open: OpenShell = (command) => createShell(world, command.optsWithGlobals().json === true);
  for (const [noun, about, verbs] of NOUNS) {
    const parent = program.command(noun).description(about);
    for (const add of verbs) add(parent, open);
  }
  for (const add of [addTopup, addBalance, addLedger, addDoctor]) add(program, open);
  return program;
}
