import type { Finding } from "../domain/channel-finding.ts";
import type { ReceiveResult } from "../domain/inbound.ts";
import type { OutgoingContent, OutgoingMedia } from "../domain/outgoing.ts";
import type { Failure, SendOutcome } from "../domain/send-outcome.ts";
import type {
  TemplateCategory,
  TemplateDefinition,
  TemplateQuality,
  TemplateStatus,
} from "../domain/template.ts";
import type { UpstreamHttp } from "../platform/upstream-http.ts";

/**
 * What a provider of WhatsApp must be able to do. A driver translates at the edge and keeps no state:
 * it never touches the database, never retries, never reads the environment. Every implementation
 * passes `conformance.test.ts`.
 */
export interface Provider {
  readonly name: ProviderName;

  /** Hands one message to WhatsApp, once. Never throws for what a provider can answer. */
  send(call: SendCall): Promise<SendOutcome>;

  /** Whether a file of this type cannot be uploaded for this use and must be sent by link. */
  mustBeLinked(mime: string, use: MediaUse): boolean;

  /** Uploads a file; safe to repeat. */
  uploadMedia(call: UploadCall): Promise<UploadOutcome>;

  /** Opens a file that a person sent; the caller bounds the bytes it reads. */
  downloadMedia(call: DownloadCall): Promise<DownloadOutcome>;

  /** All templates of the channel's business account. */
  listTemplates(call: ProviderCall): Promise<TemplatesOutcome>;

  /** Submits a template for approval; used by the demonstration and by template management. */
  createTemplate(call: CreateTemplateCall): Promise<CreateTemplateOutcome>;

  /** Submits another content of a template that the provider has. An unknown outcome is told as refused for good. */
  editTemplate(call: EditTemplateCall): Promise<EditTemplateOutcome>;

  /** Whether {@link Provider.deleteTemplate} can spare the other languages of the name. */
  readonly deletesOneLanguage: boolean;

  /** Deletes a template, or every language of its name. What is not there counts as deleted. */
  deleteTemplate(call: DeleteTemplateCall): Promise<DeleteTemplateOutcome>;

  /** Uploads the file that shows reviewers what a media header may hold; safe to repeat. */
  uploadSample(call: UploadCall): Promise<SampleOutcome>;

  /** Looks at the number at the provider and says what is wrong. Changes nothing, sends nothing, never throws. */
  diagnose(call: DiagnoseCall): Promise<Finding[]>;

  /** A post as the provider would make it, which says nothing, for trying the way to us. */
  makeProbe(secrets: HookSecrets, challenge: string): HookProbe;

  /** Whether the body is this provider's: signed by it, or with a secret that it knows; in constant time. */
  verify(post: HookPost, secrets: HookSecrets): boolean;

  /** The answer to the provider's subscription check (GET); null refuses it. */
  answerChallenge(query: Record<string, string | undefined>, secrets: HookSecrets): string | null;

  /** Reads every item of a posted body. What it does not know is `unsupported`, never a throw. */
  receive(body: Buffer): ReceiveResult;
}

/** Drivers that exist. */
export type ProviderName = "meta-cloud" | "gupshup";

/** How one official number is reached. Secrets are in the clear here and go nowhere else. */
export interface ChannelAccess {
  /** Without a trailing slash, for example `https://graph.facebook.com`. */
  baseUrl: string;
  /** Gupshup's calls have theirs fixed: not used there. */
  apiVersion: string;
  /** The number itself: digits, country code first, without `+`. */
  officialNumber: string;
  /** Meta's `phone_number_id`; Gupshup's app name. */
  numberId: string;
  /** Meta's WABA id; Gupshup's app id. */
  businessId: string;
  /** Meta's bearer token; Gupshup's `apikey`. */
  accessToken: string;
}

/** What every call to a provider carries. */
export interface ProviderCall {
  http: UpstreamHttp;
  channel: ChannelAccess;
}

/** One message to hand over. */
export interface SendCall extends ProviderCall {
  /** Digits, country code first, without `+`. */
  to: string;
  /** Our message id, sent along so that the provider's events can be matched by it. */
  opaque: string;
  content: OutgoingContent;
  /** Called in the same tick in which the request's first byte is written to the socket. */
  beforeWrite: () => void;
}

/** As what a file travels. */
export type MediaUse = OutgoingMedia["kind"];

/** A file to upload. */
export interface UploadCall extends ProviderCall {
  /** Opens the file's bytes; may be called once. */
  open: () => NodeJS.ReadableStream;
  bytes: number;
  mime: string;
  name: string;
}

/** The upload's end. */
export type UploadOutcome =
  | { kind: "uploaded"; providerMediaId: string; expiresAt: Date }
  | { kind: "refused"; failure: Failure };

/** A file of a person's message. */
export interface DownloadCall extends ProviderCall {
  providerMediaId: string;
}

/** The download's end. */
export type DownloadOutcome =
  | { kind: "opened"; mime: string; bytes: number | null; body: AsyncIterable<Uint8Array> }
  | { kind: "refused"; failure: Failure };

/** A template as the provider has it. */
export interface ProviderTemplate {
  providerTemplateId: string;
  name: string;
  language: string;
  category: TemplateCategory;
  status: TemplateStatus;
  rejectedReason: string | null;
  definition: TemplateDefinition;
  /** Null: the provider does not say. */
  quality: TemplateQuality | null;
}

/** The list, or why it could not be had. `skipped` names templates of kinds that we cannot send. */
export type TemplatesOutcome =
  | { kind: "listed"; templates: ProviderTemplate[]; skipped: { name: string; why: string }[] }
  | { kind: "refused"; failure: Failure };

/** A template to submit. */
export interface CreateTemplateCall extends ProviderCall {
  template: {
    name: string;
    language: string;
    category: TemplateCategory;
    definition: TemplateDefinition;
    /** One example value for each slot. */
    examples: readonly string[];
    /** Handle of the sample file for a media header; null otherwise. */
    headerHandle: string | null;
    /** Where the provider keeps that file, for one that wants both. */
    headerUrl?: string | null;
  };
}

/** Another content for a template; it replaces the whole. */
export interface EditTemplateCall extends CreateTemplateCall {
  providerTemplateId: string;
}

/** The edit's end. `category` as the provider put it; null: it does not say. */
export type EditTemplateOutcome =
  | { kind: "edited"; category: TemplateCategory | null }
  | { kind: "refused"; failure: Failure };

/** A template to delete. */
export interface DeleteTemplateCall extends ProviderCall {
  name: string;
  providerTemplateId: string;
  /** Every language of the name, not only this one. */
  allLanguages: boolean;
}

/** The deletion's end. */
export type DeleteTemplateOutcome = { kind: "deleted" } | { kind: "refused"; failure: Failure };

/** The sample's end; both go into the template that it belongs to. */
export type SampleOutcome =
  | { kind: "uploaded"; handle: string; url: string | null }
  | { kind: "refused"; failure: Failure };

/** The submission's end. */
export type CreateTemplateOutcome =
  | {
      kind: "created";
      providerTemplateId: string;
      status: TemplateStatus;
      category: TemplateCategory;
    }
  | { kind: "refused"; failure: Failure };

/** A provider's webhook as it arrived. */
export interface HookPost {
  /** Names in lower case. */
  headers: Record<string, string | undefined>;
  /** What stood behind the app's id in the address: `/hooks/<provider>/<app>/<secret>`; null: nothing. */
  pathSecret: string | null;
  body: Buffer;
}

/** What a look at a number needs besides. */
export interface DiagnoseCall extends ProviderCall {
  /** Where the provider should post. */
  hookUrl: string;
  appSecret: string;
  nowMs: number;
}

/** What the provider would send to our address. */
export interface HookProbe {
  post: HookPost & { headers: Record<string, string> };
  /** The subscription check and what must come back; null where there is none. */
  question: { query: Record<string, string>; answer: string } | null;
}

/** What proves that a webhook is the provider's. */
export interface HookSecrets {
  /** Meta signs with it; Gupshup sends it as a header. */
  appSecret: string;
  /** Meta says it when it checks the address; for Gupshup it may be the address's last part. */
  verifyToken: string;
}
