import type { AccountSnapshot } from "../domain/account-snapshot.ts";
import type { SecretBox } from "../platform/secret-box.ts";
import { findSealedChannel } from "../storage/channel-keys.ts";
import type { Queryable } from "../storage/connect.ts";

/** How an official number is reached, its token in the clear. Never logged, never stored. */
export interface ChannelKey {
  baseUrl: string;
  apiVersion: string;
  officialNumber: string;
  numberId: string;
  businessId: string;
  accessToken: string;
}

/** Opens channels' credentials and keeps them as long as their account's version stands. */
export interface ChannelKeys {
  /** Null when there is no such channel. */
  find(sql: Queryable, snapshot: AccountSnapshot, channelId: string): Promise<ChannelKey | null>;
}

const KEYS_MAX = 5_000;

/** An empty {@link ChannelKeys}. */
export function createChannelKeys(box: SecretBox): ChannelKeys {
  const opened = new Map<string, { version: bigint; key: ChannelKey }>();
  return {
    async find(sql, snapshot, channelId) {
      const cached = opened.get(channelId);
      if (cached?.version === snapshot.version) return cached.key;
      const row = await findSealedChannel(sql, snapshot.accountId, channelId);
      if (!row) return null;
      const { credentials, ...address } = row;
      const { accessToken } = box.open(credentials, `channel:${channelId}`) as {
        accessToken: string;
      };
      const key = { ...address, accessToken };
      if (opened.size >= KEYS_MAX) opened.clear();
      opened.set(channelId, { version: snapshot.version, key });
      return key;
    },
  };
}
