import { preview } from "@recado/contract/v1/templates";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

/** `template preview`. */
export function addTemplatePreview(noun: Command, open: OpenShell): void {
  noun
    .command("preview")
    .description("Show a template as a telephone does, and what it costs")
    .argument("<id_template>", "its number")
    .argument("[values...]", "of its variables, in order; default: its examples")
    .option("--live", "as WhatsApp has it, not as it was written last")
    .action(
      async (
        ...[id, values, options, command]: [string, string[], { live?: boolean }, Command]
      ) => {
        const shell = open(command);
        const shown = await shell.call({
          method: "POST",
          path: `/templates/${encodeURIComponent(id)}/preview`,
          body: {
            ...(values.length > 0 && { variables: values }),
            ...(options.live && { version: "live" }),
          },
          answer: preview,
        });
        const { header, body, footer, buttons, missing, prices, currency } = shown;
        shell.showThing(
          {
            header: header?.text ?? header?.format,
            ...{ body, footer },
            buttons: buttons.map(({ text, target }) => (target ? `${text} → ${target}` : text)),
            missing,
            price: prices.map(
              ({ country, amount }) => `${country} ${amount ?? "none"} ${currency}`,
            ),
          },
          shown,
        );
      },
    );
}
