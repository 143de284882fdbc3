import { z } from "zod";
import { CONSOLE_ROLES } from "./console/permission.ts";

const credentials = z.object({
  login: z.string(),
  token: z.string(),
  id_template: z.number().int().optional(),
});

/** The file `DATA_DIR/demo.json`: what a newcomer, a script or a test needs to try the product. */
export const demoSchema = z.object({
  baseUrl: z.string(),
  simulatorUrl: z.string(),
  consoleUrl: z.string(),
  login: z.string(),
  token: z.string(),
  apiToken: z.string(),
  console: z.object({ email: z.string(), password: z.string() }),
  /** Who can sign in to the console: one for each role, and one more agent. */
  people: z.array(
    z.object({
      role: z.enum(CONSOLE_ROLES),
      login: z.string(),
      name: z.string(),
      email: z.string(),
      password: z.string(),
    }),
  ),
  projectId: z.string(),
  officialNumber: z.string(),
  templates: z.array(
    z.object({
      id_template: z.number().int(),
      name: z.string(),
      category: z.enum(["marketing", "utility", "authentication"]),
      status: z.enum(["approved", "pending", "rejected", "paused", "disabled"]),
      variables: z.number().int(),
      header: z.enum(["text", "image", "video", "document", "location"]).nullable(),
    }),
  ),
  webhookSecret: z.string(),
  others: z.object({
    noProject: credentials,
    noBalance: credentials,
    inactive: credentials,
    disabled: credentials,
    noTemplates: credentials,
    stranger: credentials,
  }),
});

/** See {@link demoSchema}. */
export type Demo = z.infer<typeof demoSchema>;
