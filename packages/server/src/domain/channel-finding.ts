/** What was looked at on a number at its provider. */
export type FindingCheck =
  | "token"
  | "permissions"
  | "number"
  | "state"
  | "subscription"
  | "wallet"
  | "signature"
  | "callback";

/** What can be wrong with a number. Each has its cure in {@link CURES}. */
export type FindingProblem = keyof typeof CURES;

/** One thing that was looked at. `unknown`: it could not be found out, and `detail` says why. */
export type Finding =
  | { check: FindingCheck; state: "ok" | "unknown"; detail: string }
  | { check: FindingCheck; state: "wrong"; problem: FindingProblem; detail: string };

/** What to do about a problem, in Spanish and in English. */
export interface Cure {
  es: string;
  en: string;
}

/** Every cure. `docs/how-to/doctor.md` has them as a table; a test compares the two. */
export const CURES = {
  "token-invalid": {
    es: "Cree un token nuevo del usuario del sistema y póngalo con: recado channel update <canal> --access-token -",
    en: "Make a new token of the system user and set it: recado channel update <channel> --access-token -",
  },
  "token-unreadable": {
    es: "Lo guardado no se abre con la SECRET_KEY de ahora. Vuelva a poner la clave con que se guardó, o ponga de nuevo el token con: recado channel update <canal> --access-token -",
    en: "What is stored does not open with today's SECRET_KEY. Put back the key that it was stored with, or set the token anew: recado channel update <channel> --access-token -",
  },
  "token-expired": {
    es: "El token venció. Cree uno sin vencimiento (usuario del sistema, «nunca») y póngalo con: recado channel update <canal> --access-token -",
    en: "The token has expired. Make one that never does (system user, “never”) and set it: recado channel update <channel> --access-token -",
  },
  "token-expiring": {
    es: "El token vence pronto. Cree uno sin vencimiento (usuario del sistema, «nunca») antes de esa fecha",
    en: "The token expires soon. Make one that never does (system user, “never”) before that date",
  },
  "permission-messaging": {
    es: "Genere el token de nuevo con el permiso whatsapp_business_messaging: sin él nada sale",
    en: "Generate the token anew with the permission whatsapp_business_messaging: without it nothing leaves",
  },
  "permission-management": {
    es: "Genere el token de nuevo con el permiso whatsapp_business_management: sin él no hay plantillas ni suscripción",
    en: "Generate the token anew with the permission whatsapp_business_management: without it there are neither templates nor a subscription",
  },
  "number-unknown": {
    es: "El token no alcanza este identificador de número. Revise el identificador, y asigne la cuenta de WhatsApp al usuario del sistema",
    en: "The token does not reach this phone number id. Check the id, and assign the WhatsApp account to the system user",
  },
  "number-elsewhere": {
    es: "El número no está en la cuenta de WhatsApp (WABA) indicada. Agregue el canal de nuevo con la cuenta correcta",
    en: "The number is not in the WhatsApp account (WABA) given. Add the channel again with the right one",
  },
  "number-not-this-one": {
    es: "El identificador es de otro número. Agregue el canal de nuevo con el identificador de este",
    en: "The id belongs to another number. Add the channel again with this number's id",
  },
  "number-unregistered": {
    es: "Registre el número en la Cloud API (POST /{id}/register con su PIN) y espere a que esté CONNECTED",
    en: "Register the number with the Cloud API (POST /{id}/register with its PIN) and wait until it is CONNECTED",
  },
  "number-blocked": {
    es: "Meta no deja enviar por este número. Vea la causa y apele en la Calidad de la cuenta del administrador comercial",
    en: "Meta lets nothing out through this number. See why, and appeal, in the business manager's account quality",
  },
  "quality-red": {
    es: "La calidad del número es roja. Pare las campañas, y escriba solo a quienes lo pidieron",
    en: "The number's quality is red. Stop campaigns, and write only to those who asked for it",
  },
  "name-declined": {
    es: "Meta rechazó el nombre visible. Pida otro en el administrador de WhatsApp",
    en: "Meta declined the display name. Ask for another in the WhatsApp manager",
  },
  "not-subscribed": {
    es: "Suscriba la aplicación a la cuenta: POST /{waba}/subscribed_apps con el mismo token. Sin eso no llegan estados ni respuestas",
    en: "Subscribe the app to the account: POST /{waba}/subscribed_apps with the same token. Without it neither statuses nor replies come",
  },
  "callback-elsewhere": {
    es: "El proveedor publica en otra dirección. Ponga la dirección que se muestra como URL de devolución de llamada",
    en: "The provider posts to another address. Set the address shown as its callback URL",
  },
  "events-missing": {
    es: "Marque también los eventos que faltan en la suscripción: sin ellos no se conoce el final de los mensajes",
    en: "Tick the missing events of the subscription too: without them the end of messages is not known",
  },
  "secret-wrong": {
    es: "El secreto de la aplicación no es el de la aplicación que emitió el token. Cópielo de Configuración › Básica, y agregue el canal de nuevo con él",
    en: "The app secret is not that of the app that issued the token. Copy it from Settings › Basic, and add the channel again with it",
  },
  "secret-unreadable": {
    es: "El secreto guardado no se abre con la SECRET_KEY de ahora. Vuelva a poner la clave con que se guardó, o agregue el canal de nuevo con su secreto",
    en: "The secret stored does not open with today's SECRET_KEY. Put back the key that it was stored with, or add the channel again with its secret",
  },
  "key-wrong": {
    es: "Gupshup no conoce la apikey. Cópiela de nuevo de su perfil y póngala con: recado channel update <canal> --access-token -",
    en: "Gupshup does not know the apikey. Copy it anew from your profile and set it: recado channel update <channel> --access-token -",
  },
  "app-wrong": {
    es: "La apikey no alcanza esta aplicación. Revise el identificador y el nombre de la aplicación, y que esté activa",
    en: "The apikey does not reach this app. Check the app's id and name, and that it is live",
  },
  "wallet-empty": {
    es: "Recargue la billetera de Gupshup: sin saldo los mensajes fallan con 1003",
    en: "Recharge Gupshup's wallet: without a balance messages fail with 1003",
  },
  "callback-not-public": {
    es: "Ponga PUBLIC_URL en la dirección https con que se llega a este servidor desde internet",
    en: "Set PUBLIC_URL to the https address by which this server is reached from the internet",
  },
  "callback-unreachable": {
    es: "La dirección no llega a este servidor. Revise DNS, certificado y proxy; si solo falla desde adentro (NAT), pruébela desde afuera",
    en: "The address does not reach this server. Check DNS, certificate and proxy; if it fails from inside only (NAT), try it from outside",
  },
  "callback-altered": {
    es: "Algo en el camino cambia o rechaza lo que se publica. El proxy debe pasar /hooks/… con su cuerpo y sus cabeceras sin tocarlos",
    en: "Something on the way changes or refuses what is posted. The proxy must pass /hooks/… with body and headers untouched",
  },
} as const satisfies Record<string, Cure>;
