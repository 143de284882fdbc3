/**
 * A reporter for `node --test` that says one thing, at the end: `{"passed","failed","skipped"}` as JSON. A
 * cancelled test has not passed, so it counts as failed.
 */
// biome-ignore lint/style/noDefaultExport: that is how Node finds a reporter.
export default async function* countReporter(events) {
  for await (const { type, data } of events) {
    // One summary comes for every file; the last, for all of them, has none.
    if (type !== "test:summary" || data.file !== undefined) continue;
    const { passed, failed, cancelled, skipped } = data.counts;
    yield JSON.stringify({ passed, failed: failed + cancelled, skipped });
  }
}
