import type { Failure } from "../../packages/server/src/domain/send-outcome.ts";
import type { Breakage } from "./household.ts";

/*
 * Ways to break the product that have cost others messages and money. The simulation is worth something because it finds
 * each of them; its test says within how many seeds.
 */

const SOON: Failure = {
  blame: "provider",
  code: "402",
  reason: "again",
  providerCode: null,
  retry: { kind: "soon" },
};

/** By what goes wrong. */
export const BREAKAGES: Readonly<Record<string, Breakage>> = {
  "sends again after a doubt": {
    provider: (provider) => ({
      ...provider,
      async send(call) {
        const outcome = await provider.send(call);
        return outcome.kind === "unknown" ? { kind: "refused", failure: SOON } : outcome;
      },
    }),
  },
  "takes over calls of living processes": {
    isDead: (instance, self) => instance.id !== self.id,
  },
  "refunds twice": replacing(
    "insert-transfers",
    "balance = l.balance",
    "balance = w.balance + 2 * (l.balance - w.balance)",
  ),
  "makes calls without a mark": { marker: (marker) => ({ ...marker, mark() {} }) },
  "forgets a webhook": replacing(
    "insert-deliveries",
    "from new n\n",
    "from (select * from new where kind <> 'delivered') n\n",
  ),
  "answers before the commit": { answersCommitEarly: true },
  "moves a message back": replacing(
    "lock-messages",
    "attempts, status,",
    "attempts, case when status = 'read' then 'sent' else status end as status,",
  ),
  "tells out of order": replacing(
    "find-predecessors",
    "and h.seq < c.seq",
    "and h.seq < c.seq and false",
  ),
  "judges without the wallet's lock": replacing("lock-wallets", "for update of w", ""),
};

/** Replaces a part of the statement of that name. */
function replacing(name: string, part: string, by: string): Breakage {
  return {
    rewrite(statement) {
      if (typeof statement === "string" || statement.name !== name) return statement;
      if (!statement.text.includes(part)) throw new Error(`the statement ${name} has no "${part}"`);
      // Under another name: the connection keeps what it has prepared under the first.
      return { ...statement, name: `${name} broken`, text: statement.text.replace(part, by) };
    },
  };
}
