/**
 * Says when too large a share of an endpoint's calls has failed lately. It remembers only what this
 * process has seen: each of several processes sees a fair sample, and a restart merely looks anew.
 */
export interface FailureWindow {
  /** Takes note of a call; true when the share has become too large, which also forgets the past. */
  note(endpointId: string, failed: boolean, nowMs: number): boolean;
}

const WINDOW_MS = 5 * 60_000;
const BUCKET_MS = 30_000;
/** Fewer calls say nothing about a share. */
const CALLS_MIN = 20;
const FAILED_SHARE_MAX = 0.7;
/** Endpoints that are remembered; beyond, all is forgotten, which costs a late reaction at most. */
const ENDPOINTS_MAX = 10_000;

interface Bucket {
  startMs: number;
  calls: number;
  failed: number;
}

/** An empty {@link FailureWindow}. */
export function createFailureWindow(): FailureWindow {
  const buckets = new Map<string, Bucket[]>();
  return {
    note(endpointId, failed, nowMs) {
      const live = (buckets.get(endpointId) ?? []).filter(
        (bucket) => bucket.startMs > nowMs - WINDOW_MS,
      );
      const startMs = nowMs - (nowMs % BUCKET_MS);
      let bucket = live.at(-1);
      if (bucket?.startMs !== startMs) {
        bucket = { startMs, calls: 0, failed: 0 };
        live.push(bucket);
      }
      bucket.calls += 1;
      bucket.failed += failed ? 1 : 0;
      const calls = live.reduce((sum, each) => sum + each.calls, 0);
      const failures = live.reduce((sum, each) => sum + each.failed, 0);
      const tooMany = failed && calls >= CALLS_MIN && failures / calls >= FAILED_SHARE_MAX;
      if (buckets.size >= ENDPOINTS_MAX) buckets.clear();
      if (tooMany) buckets.delete(endpointId);
      else buckets.set(endpointId, live);
      return tooMany;
    },
  };
}
