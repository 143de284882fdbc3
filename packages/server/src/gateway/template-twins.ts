import { stamp } from "../accounts/operator.ts";
import { touchAccount } from "../storage/accounts.ts";
import { findChannel } from "../storage/channels.ts";
import { withTransaction } from "../storage/connect.ts";
import type { ProjectRow } from "../storage/projects.ts";
import { replaceTwins } from "../storage/template-twins.ts";
import { listTemplates } from "../storage/templates.ts";
import { matchTwins } from "./match-twins.ts";
import { askForTemplates, type ImportReport, type TemplateSource } from "./templates.ts";

/*
 * A template belongs to a business account. A project's second number is often of another one, or at another
 * provider: there the same template must exist as well, with an id of its own.
 */

const TEMPLATES_MAX = 10_000;

/**
 * Looks which of the project's templates exist at its second number: the same name, language, category and
 * content. Answers those that do not, with the reason. Without a second number there is nothing to look for;
 * when its provider does not answer, what was known stays.
 */
export async function importTwins(
  source: TemplateSource,
  project: ProjectRow,
): Promise<ImportReport["skipped"]> {
  const { accountId, id, fallbackChannelId } = project;
  if (fallbackChannelId === null) return [];
  const channel = await findChannel(source.pool, { accountId, id: fallbackChannelId });
  if (!channel) return [];
  const outcome = await askForTemplates(source, channel);
  if (outcome.kind === "refused") {
    const why = `the second number's provider did not give its templates: ${outcome.failure.reason}`;
    return [{ name: channel.officialNumber, why }];
  }
  const slice = { before: null, limit: TEMPLATES_MAX };
  const own = await listTemplates(source.pool, { accountId, id }, slice);
  const { twins, missing } = matchTwins(own, outcome.templates);
  await withTransaction(source.pool, async (sql) => {
    const place = {
      accountId,
      channelId: channel.id,
      templateIds: own.map(({ id: each }) => each),
    };
    await replaceTwins(sql, place, { twins, at: stamp(source).at });
    await touchAccount(sql, [accountId]);
  });
  return missing;
}
