import { type Command, InvalidArgumentError } from "commander";
import { parseNumber } from "../open-shell.ts";

/** The settings of a project, as options. */
export interface ProjectOptions {
  name?: string;
  state?: string;
  timeZone?: string;
  channel?: string;
  fallbackChannel?: string;
  marketingMax?: number;
  marketingWindow?: number;
  categoryGuard?: number;
  deadline?: Record<string, number>;
}

/** Adds the options that `project create` and `project update` share. */
export function addProjectOptions(command: Command): Command {
  return command
    .option("--state <state>", "active or inactive; an inactive one answers 5")
    .option("--time-zone <zone>", "for the dates in webhooks (default America/Bogota)")
    .option("--channel <id>", "the official number that it sends from")
    .option(
      "--fallback-channel <id>",
      "a second number for what the first is known not to have taken; `none` takes it away",
    )
    .option("--marketing-max <count>", "marketing messages to one mobile (default 2)", parseNumber)
    .option("--marketing-window <seconds>", "in this time (default 86400)", parseNumber)
    .option(
      "--category-guard <count>",
      "messages of a template that became dearer, until somebody decides (default 100)",
      parseNumber,
    )
    .option(
      "--deadline <category=seconds>",
      "until a message must be sent; may be repeated; replaces what was set",
      collectDeadline,
    );
}

/** The body of the call. */
export function projectBody(options: ProjectOptions): Record<string, unknown> {
  return {
    name: options.name,
    state: options.state,
    timeZone: options.timeZone,
    channelId: options.channel,
    fallbackChannelId: options.fallbackChannel === "none" ? null : options.fallbackChannel,
    marketingMax: options.marketingMax,
    marketingWindowS: options.marketingWindow,
    categoryGuardLimit: options.categoryGuard,
    deadlineS: options.deadline,
  };
}

function collectDeadline(
  text: string,
  before: Record<string, number> = {},
): Record<string, number> {
  const [, category, seconds] = /^([a-z]+)=(\d{1,9})$/u.exec(text) ?? [];
  if (category === undefined) throw new InvalidArgumentError("It must be like marketing=90000.");
  return { ...before, [category]: Number(seconds) };
}
