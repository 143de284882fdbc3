/** Lo que se hizo, o por qué no. */
export const esDone = {
  resolved: "Conversación con {{name}} resuelta",
  snoozed: "Conversación con {{name}} pospuesta",
  wrote: "{{name}} acaba de escribir: lea lo nuevo antes de resolver.",
};
