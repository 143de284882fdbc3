/** In Spanish. */
export const es = {
  title: "Números",
  about: "Los números oficiales de la cuenta y cómo están.",
  empty: "Todavía no hay un número conectado",
  emptyText: "Quien opera la plataforma conecta un número de Meta o de Gupshup a la cuenta.",
  state: {
    active: "Funciona",
    inactive: "Desactivado",
    resting: "En pausa",
    silent: "En silencio",
  },
  provider: "Proveedor",
  rate: "Mensajes por segundo",
  lastHour: "Último mensaje recibido",
  restingText: "WhatsApp pidió una pausa hasta {{until}}. Los mensajes esperan y saldrán después.",
  silentText:
    "No recibe nada desde {{since}}, y a estas horas suele recibir {{expected}}. Revise el webhook en el proveedor.",
  notices: "Lo que avisó WhatsApp",
  noNotices: "Nada por ahora.",
  id: "Id",
};
