/** In Spanish. */
export const es = {
  title: "Primeros pasos",
  about: "De la cuenta vacía al primer mensaje. Cada paso se marca solo cuando está hecho.",
  done: "Hecho",
  next: "Siguiente",
  allDone: "Todo está listo",
  allDoneText: "La cuenta envía, recibe y avisa. Lo demás se hace en la bandeja y por la API.",
  inbox: "Ir a la bandeja",
  number: {
    title: "Conectar un número",
    text: "El número oficial por el que WhatsApp envía y recibe.",
    done: "{{number}} está conectado.",
    act: "Ver números",
  },
  balance: {
    title: "Tener saldo",
    text: "Los mensajes se cobran del saldo de la cuenta al aceptarlos.",
    done: "Hay {{amount}}.",
    act: "Ver saldo",
  },
  template: {
    title: "Tener una plantilla aprobada",
    text: "Con ella se empieza una conversación. WhatsApp la revisa, casi siempre en minutos.",
    done: "Aprobadas: {{count}}.",
    act: "Escribir una plantilla",
  },
  webhook: {
    title: "Recibir avisos en su sistema",
    text: "Cada evento y cada respuesta llega firmado a una dirección suya.",
    done_one: "Se avisa a {{count}} dirección.",
    done_other: "Se avisa a {{count}} direcciones.",
    act: "Agregar una dirección",
  },
  message: {
    title: "Enviar el primer mensaje",
    text: "Arme la petición, mírela en su lenguaje y envíela.",
    done: "El último salió el {{at}}.",
    act: "Probar un envío",
  },
  people: {
    title: "Invitar a su equipo",
    text: "Quienes responden necesitan su propia entrada y su rol.",
    act: "Invitar personas",
  },
};
