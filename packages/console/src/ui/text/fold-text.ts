/** A text without accents and capitals, for comparing as people search: `Auditoría` as `auditoria`. */
export function foldText(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
}
