import type { Store } from "./open-store.ts";

/** One part of a template, as Meta stores it; unknown keys are kept. */
export interface TemplateComponent {
  type: string;
  format?: string;
  text?: string;
  buttons?: TemplateButton[];
  [key: string]: unknown;
}

/** A button of a template, as Meta stores it. */
export interface TemplateButton {
  type: string;
  text?: string;
  url?: string;
  phone_number?: string;
  [key: string]: unknown;
}

/** A template of a WABA. */
export interface Template {
  id: string;
  wabaId: string;
  name: string;
  language: string;
  category: "MARKETING" | "UTILITY" | "AUTHENTICATION";
  /** Only `APPROVED` sends. */
  status: string;
  parameterFormat: "POSITIONAL" | "NAMED";
  components: TemplateComponent[];
  rejectedReason: string | null;
  ttlSeconds: number | null;
  updatedAt: number;
  /** `GREEN`, `YELLOW`, `RED` or `UNKNOWN`. */
  quality: string;
}

/** All templates, kept in memory beside the table. */
export type Templates = ReturnType<typeof openTemplates>;

/** Reads and writes the tables `templates` and `deleted_templates`. */
export function openTemplates(store: Store) {
  const { db } = store;
  const upsert = db.prepare(
    `INSERT INTO templates (id, waba_id, name, language, category, status, parameter_format, components,
       rejected_reason, ttl_seconds, updated_at, quality)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
     category = excluded.category, status = excluded.status, parameter_format = excluded.parameter_format,
     components = excluded.components, rejected_reason = excluded.rejected_reason,
     ttl_seconds = excluded.ttl_seconds, updated_at = excluded.updated_at, quality = excluded.quality`,
  );
  const remove = db.prepare("DELETE FROM templates WHERE id = ?");
  const remember = db.prepare("INSERT OR REPLACE INTO deleted_templates VALUES (?, ?, ?)");
  const deletedAt = db.prepare(
    "SELECT deleted_at FROM deleted_templates WHERE waba_id = ? AND name = ?",
  );
  const edited = db.prepare("INSERT INTO template_edits VALUES (?, ?)");
  const edits = db.prepare("SELECT at FROM template_edits WHERE template_id = ? AND at > ?");
  const byId = new Map<string, Template>();
  const byName = new Map<string, Template>();
  for (const row of db.prepare("SELECT * FROM templates ORDER BY rowid").all()) {
    remembered(toTemplate(row));
  }

  function remembered(template: Template): void {
    byId.set(template.id, template);
    byName.set(nameKey(template.wabaId, template.name, template.language), template);
  }

  return {
    find: (id: string) => byId.get(id),
    findByName: (wabaId: string, name: string, language: string) =>
      byName.get(nameKey(wabaId, name, language)),
    listOfWaba: (wabaId: string) => [...byId.values()].filter((one) => one.wabaId === wabaId),
    list: () => [...byId.values()],
    async upsert(template: Template): Promise<void> {
      await store.write(() => upsert.run(...columns(template)));
      remembered(template);
    },
    /** Forgets the template; an approved one's name stays blocked (5.5). */
    async remove(template: Template, now: number): Promise<void> {
      await store.write(() => {
        remove.run(template.id);
        if (template.status === "APPROVED") remember.run(template.wabaId, template.name, now);
      });
      byId.delete(template.id);
      byName.delete(nameKey(template.wabaId, template.name, template.language));
    },
    /** An approved template was edited: there are limits to that (5.5). */
    noteEdit: (id: string, now: number) => store.write(() => void edited.run(id, now)),
    countEdits: (id: string, since: number) => edits.all(id, since).length,
    /** When an approved template of this name was deleted, in ms; undefined if never. */
    findDeletedAt(wabaId: string, name: string): number | undefined {
      const row = deletedAt.get(wabaId, name);
      return row === undefined ? undefined : Number(row.deleted_at);
    },
  };
}

function nameKey(wabaId: string, name: string, language: string): string {
  return `${wabaId}\n${name}\n${language}`;
}

function columns(template: Template): (string | number | null)[] {
  return [
    template.id,
    template.wabaId,
    template.name,
    template.language,
    template.category,
    template.status,
    template.parameterFormat,
    JSON.stringify(template.components),
    template.rejectedReason,
    template.ttlSeconds,
    template.updatedAt,
    template.quality,
  ];
}

function toTemplate(row: Record<string, unknown>): Template {
  return {
    id: String(row.id),
    wabaId: String(row.waba_id),
    name: String(row.name),
    language: String(row.language),
    category: row.category as Template["category"],
    status: String(row.status),
    parameterFormat: row.parameter_format as Template["parameterFormat"],
    components: JSON.parse(String(row.components)) as TemplateComponent[],
    rejectedReason: row.rejected_reason as string | null,
    ttlSeconds: row.ttl_seconds as number | null,
    updatedAt: Number(row.updated_at),
    quality: String(row.quality),
  };
}
