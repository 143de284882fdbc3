import { isDeepStrictEqual } from "node:util";
import { stamp } from "../accounts/operator.ts";
import { touchAccount } from "../storage/accounts.ts";
import { findChannel } from "../storage/channels.ts";
import { withTransaction } from "../storage/connect.ts";
import type { ProjectRow } from "../storage/projects.ts";
import { replaceTwins } from "../storage/template-twins.ts";
import { listTemplates, type TemplateRow } from "../storage/templates.ts";
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
  const there = new Map(outcome.templates.map((twin) => [`${twin.language} ${twin.name}`, twin]));
  const pairs = own.map((template) => {
    const twin = there.get(`${template.language} ${template.name}`);
    return {
      template,
      twin: twin && isSame(template, twin) ? twin : null,
      found: twin !== undefined,
    };
  });
  await withTransaction(source.pool, async (sql) => {
    const place = {
      accountId,
      channelId: channel.id,
      templateIds: own.map(({ id: each }) => each),
    };
    const twins = pairs.flatMap(({ template, twin }) =>
      twin
        ? [
            {
              templateId: template.id,
              providerTemplateId: twin.providerTemplateId,
              status: twin.status,
            },
          ]
        : [],
    );
    await replaceTwins(sql, place, { twins, at: stamp(source).at });
    await touchAccount(sql, [accountId]);
  });
  return pairs
    .filter(({ template, twin }) => twin === null && template.status === "approved")
    .map(({ template, found }) => ({
      name: template.name,
      why: found
        ? "it has another content or category at the second number"
        : "it does not exist at the second number",
    }));
}

function isSame(
  own: Pick<TemplateRow, "category" | "definition">,
  twin: Pick<TemplateRow, "category" | "definition">,
): boolean {
  return (
    own.category === twin.category &&
    isDeepStrictEqual(plain(own.definition), plain(twin.definition))
  );
}

/** As the database gives it back: without what is undefined. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
