/** Acciones sobre varias conversaciones. */
export const esBulk = {
  label: "Acciones sobre la selección",
  count_one: "{{count}} elegida",
  count_other: "{{count}} elegidas",
  read: "Marcar como leídas",
  clear: "Quitar la selección",
  done_one: "Listo: {{count}} conversación",
  done_other: "Listo: {{count}} conversaciones",
  partly_one: "{{done}} hechas; {{count}} no se pudo y sigue elegida.",
  partly_other: "{{done}} hechas; {{count}} no se pudieron y siguen elegidas.",
  wrote_one: "{{names}} ha escrito desde que se eligió: lea lo nuevo antes de resolver.",
  wrote_other: "{{names}} han escrito desde que se eligieron: lea lo nuevo antes de resolver.",
  refused: "{{names}}: {{why}}",
  andMore: "{{names}} y {{count}} más",
};
