/** By method and route, as the audit keeps them: Spanish, then English. An entry may have been refused, so that none says that it was done. */
export type AuditWords = Readonly<Record<string, readonly [es: string, en: string]>>;
