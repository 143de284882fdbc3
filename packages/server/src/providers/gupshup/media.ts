import { request } from "undici";
import { namelessFailure } from "../cloud-wire/upstream-error.ts";
import type { DownloadCall, DownloadOutcome, UploadOutcome } from "../provider.ts";
import { CALL_TIMEOUT_MS } from "./api.ts";

/** Longest answer that is read when a download is refused. */
const REFUSAL_BYTES_MAX = 65_536;

/** Where Gupshup keeps people's files (fact sheet §4.9). */
const FILE_HOST = /(^|\.)gupshup\.io$/u;

/**
 * Always: Gupshup fetches files from a link. Its upload for the self-serve API is not documented well
 * enough to rely on (§3.5).
 */
export function mustBeLinked(): boolean {
  return true;
}

/** Never asked for, see {@link mustBeLinked}. */
export async function uploadMedia(): Promise<UploadOutcome> {
  const failure = namelessFailure("files go to Gupshup by link", { kind: "never" });
  return { kind: "refused", failure };
}

/**
 * Opens a person's file, whose address is its id: it is public and lives seven days (§4.9). Only Gupshup's
 * own hosts are asked, and the channel's: a callback must not make us call whatever it names.
 */
export async function downloadMedia(call: DownloadCall): Promise<DownloadOutcome> {
  const url = URL.parse(call.providerMediaId);
  if (url === null || !isOfGupshup(url, call.channel.baseUrl)) {
    const failure = namelessFailure("the file is on a host that is not Gupshup's", {
      kind: "never",
    });
    return { kind: "refused", failure };
  }
  try {
    const { statusCode, headers, body } = await request(url, {
      headers: { "user-agent": "Recado/1" },
      headersTimeout: CALL_TIMEOUT_MS,
      bodyTimeout: CALL_TIMEOUT_MS,
    });
    if (statusCode === 200) {
      const length = Number(headers["content-length"] ?? Number.NaN);
      const mime = String(headers["content-type"] ?? "application/octet-stream");
      return { kind: "opened", mime, bytes: Number.isInteger(length) ? length : null, body };
    }
    await body.dump({ limit: REFUSAL_BYTES_MAX });
    const gone = statusCode === 404 || statusCode === 410;
    const failure = namelessFailure(`HTTP ${statusCode} for the file`, {
      kind: gone ? "never" : "soon",
    });
    return { kind: "refused", failure };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "no code";
    const failure = namelessFailure(`no answer for the file: ${code}`, { kind: "soon" });
    return { kind: "refused", failure };
  }
}

function isOfGupshup(url: URL, baseUrl: string): boolean {
  if (url.origin === new URL(baseUrl).origin) return true;
  return url.protocol === "https:" && url.port === "" && FILE_HOST.test(url.hostname);
}
