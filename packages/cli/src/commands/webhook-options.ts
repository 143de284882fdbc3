import { EVENT_FILTERS, RATE_PER_SECOND_MAX } from "@recado/contract/webhook-payloads";
import { type Command, InvalidArgumentError } from "commander";
import { parseNumber } from "../open-shell.ts";

/** What an endpoint is told and how, as options. */
export interface WebhookOptions {
  url?: string;
  event?: string[];
  number?: string[];
  template?: string[];
  rate?: number | "none";
  header?: Record<string, string>;
}

/** Adds the options that `webhook add` and `webhook update` share. */
export function addWebhookOptions(command: Command): Command {
  return command
    .option("--event <events...>", `which: ${EVENT_FILTERS.join(", ")} (default the first five)`)
    .option("--number <numbers...>", "only what concerns these official numbers (default all)")
    .option("--template <templates...>", "only these templates, by name or number (default all)")
    .option(
      "--rate <calls>",
      `calls in any second, up to ${RATE_PER_SECOND_MAX}, or none (default none)`,
      parseRate,
    )
    .option("--header <name:value>", "sent with every call; may be repeated", collectHeader);
}

/** The body of the call. The word `all` alone takes a filter away. */
export function webhookBody(options: WebhookOptions): Record<string, unknown> {
  return {
    url: options.url,
    events: readFilter(options.event),
    numbers: readFilter(options.number),
    templates: readFilter(options.template),
    ratePerSecond: options.rate === "none" ? null : options.rate,
    headers: options.header,
  };
}

function readFilter(words: string[] | undefined): string[] | null | undefined {
  return words?.length === 1 && words[0] === "all" ? null : words;
}

function parseRate(text: string): number | "none" {
  return text === "none" ? text : parseNumber(text);
}

function collectHeader(text: string, before: Record<string, string> = {}): Record<string, string> {
  const at = text.indexOf(":");
  if (at < 1) throw new InvalidArgumentError("It must be like X-Shop: 17.");
  return { ...before, [text.slice(0, at).trim()]: text.slice(at + 1).trim() };
}
