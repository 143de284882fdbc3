import { message, type messageQuery } from "@recado/contract/admin-activity-api";
import { pageOf } from "@recado/contract/admin-fields";
import type { Command } from "commander";
import type { z } from "zod";
import { addPageOptions, type OpenShell, parseMoment } from "../open-shell.ts";
import { formatMoment } from "../table.ts";

type Options = Partial<z.infer<typeof messageQuery>> & { project?: string };

/** `message list`. */
export function addMessageList(noun: Command, open: OpenShell): void {
  addPageOptions(
    noun
      .command("list")
      .description("List an account's messages, newest first")
      .argument("<account>", "its id")
      .option("--project <id>", "of this project")
      .option("--mobile <digits>", "to or from this number")
      .option(
        "--status <status>",
        "held, accepted, submitted, sent, delivered, read, failed, cancelled, received",
      )
      .option("--direction <direction>", "out or in")
      .option("--since <moment>", "accepted at or after", parseMoment)
      .option("--until <moment>", "accepted before", parseMoment),
  ).action(async (id: string, options: Options, command: Command) => {
    const shell = open(command);
    const { project, mobile, status, direction, since, until, limit, cursor } = options;
    const page = await shell.call({
      method: "GET",
      path: `/accounts/${encodeURIComponent(id)}/messages`,
      query: { projectId: project, mobile, status, direction, since, until, limit, cursor },
      answer: pageOf(message),
    });
    shell.showPage(page, [
      ["ID", (row) => row.id],
      ["ACCEPTED", (row) => formatMoment(row.acceptedAt)],
      ["", (row) => (row.direction === "out" ? "→" : "←")],
      ["MOBILE", (row) => row.mobile],
      ["STATUS", (row) => row.status],
      ["CODE", (row) => row.code],
      ["PRICE", (row) => row.price],
      ["TEMPLATE", (row) => row.templateName],
    ]);
  });
}
