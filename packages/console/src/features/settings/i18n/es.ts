/** In Spanish. */
export const es = {
  title: "Ajustes",
  about: "Cómo trabaja cada proyecto de {{account}}.",
  kind: { multiagente: "Multiagente", designer: "Diseñador" },
  inactive: "Inactivo",
  general: "General",
  generalAbout: "El nombre y la hora con que se cuentan días, topes y reportes.",
  name: "Nombre",
  timeZone: "Zona horaria",
  marketing: "Publicidad",
  marketingAbout:
    "Cuántas plantillas de publicidad puede recibir una misma persona, para no cansarla.",
  marketingMax: "Mensajes por persona",
  marketingMaxHint: "0: sin tope propio.",
  marketingWindow: "En cuántas horas",
  guard: "Guardia de categoría",
  guardAbout:
    "Si WhatsApp pasa una plantilla a una categoría más cara, cuántos mensajes se envían antes de detenerla.",
  guardLimit: "Mensajes antes de detener",
  deadlines: "Plazos de entrega",
  deadlinesAbout: "Cuánto se intenta enviar un mensaje antes de darlo por fallido, en minutos.",
  category: {
    marketing: "Publicidad",
    utility: "Utilidad",
    authentication: "Autenticación",
    service: "Texto libre",
  },
  save: "Guardar cambios",
  saved: "Ajustes guardados",
  empty: "La cuenta no tiene proyectos",
  emptyText: "Quien administra la plataforma los crea.",
  project: "Proyecto",
};
