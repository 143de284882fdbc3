import type { OperationExample } from "../operation-example.ts";

const CAMPAIGN = { name: "navidad" };
const ALERT = { id: "{{balance_alert_id}}" };
const PERSON = { mobile: "573001119999" };

/** Caps, campaigns, alerts and opt-outs; see the operations of the same names. */
export const LIMIT_EXAMPLES = {
  listCaps: { es: "Los topes diarios que fijó su operador, y cuánto va usado." },
  listCampaigns: { es: "Las campañas con sus cuentas, las más nuevas primero." },
  getCampaign: { es: "Una campaña con sus cuentas.", params: CAMPAIGN },
  setCampaign: {
    es: "Fija los límites de una campaña, que se crea si no existe.",
    params: CAMPAIGN,
    body: { messages_max: 5_000, amount_max: "150000.00" },
    holds: { name: "navidad" },
  },
  createBalanceAlert: {
    es: "Avisa cuando el saldo baja de una cantidad.",
    body: { threshold: "50000.00", emails: [] },
    captures: { balance_alert_id: "id" },
  },
  listBalanceAlerts: { es: "Todas las alertas, la más baja primero." },
  getBalanceAlert: { es: "Una alerta, y si ya avisó.", params: ALERT },
  deleteBalanceAlert: { es: "Quita una alerta.", params: ALERT },
  listOptOuts: { es: "A quién no le envía promociones un proyecto, por orden de número." },
  addOptOuts: {
    es: "Pone en la lista hasta 10.000 personas.",
    body: { mobiles: ["573001119999"], note: "lo pidió por teléfono" },
    holds: { refused: 0 },
  },
  importOptOuts: {
    es: "Pone en la lista hasta 10.000 personas de un CSV (mobile, note) o de una lista JSON.",
    file: { type: "text/csv", text: "mobile,note\n573001119999,lo pidió por teléfono\n" },
    holds: { refused: 0 },
  },
  checkOptOut: {
    es: "Si una persona está en la lista, y por qué.",
    params: PERSON,
    holds: { opted_out: true },
  },
  removeOptOut: {
    es: "Saca a una persona de la lista, cuando ella lo pidió.",
    params: PERSON,
  },
  getOptOutRules: { es: "Las palabras que ponen a una persona en la lista, y lo que se responde." },
  setOptOutRules: {
    es: "Fija las palabras que ponen a una persona en la lista, y lo que se responde.",
    body: {
      out_words: ["baja", "parar", "no más"],
      in_words: ["alta"],
      out_reply: "Listo: no le enviaremos más promociones.",
    },
  },
} as const satisfies Record<string, OperationExample>;
