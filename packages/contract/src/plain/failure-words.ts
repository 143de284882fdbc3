/** A sentence in both languages of the people who read it. */
export interface TwoTongues {
  es: string;
  en: string;
}

const CLOSED: TwoTongues = {
  es: "Pasaron más de 24 horas desde el último mensaje de la persona.",
  en: "More than 24 hours have passed since the person's last message.",
};
const LIMITED: TwoTongues = {
  es: "WhatsApp limita los envíos de este número por su calidad.",
  en: "WhatsApp limits what this number sends because of its quality.",
};
const NO_SESSION: TwoTongues = {
  es: "La persona no ha abierto una conversación y no acepta plantillas de este número.",
  en: "The person has not begun a conversation and takes no templates from this number.",
};
const TEMPLATE_UNFIT: TwoTongues = {
  es: "La plantilla no coincide con la que WhatsApp tiene aprobada.",
  en: "The template is not as WhatsApp has approved it.",
};
const TEMPLATE_OFF: TwoTongues = {
  es: "WhatsApp no permite usar esta plantilla ahora.",
  en: "WhatsApp does not let this template be used now.",
};
const NO_MARKETING: TwoTongues = {
  es: "WhatsApp no le entrega más mensajes de marketing a esta persona por ahora.",
  en: "WhatsApp hands this person no more marketing messages for now.",
};
const OPTED_OUT: TwoTongues = {
  es: "La persona pidió no recibir mensajes de marketing.",
  en: "The person asked for no marketing messages.",
};
const BAD_FILE: TwoTongues = {
  es: "WhatsApp no aceptó el archivo.",
  en: "WhatsApp did not take the file.",
};
const FAULT: TwoTongues = { es: "WhatsApp tuvo una falla.", en: "WhatsApp had a fault." };
const TOO_FAST: TwoTongues = {
  es: "Se enviaron demasiados mensajes seguidos.",
  en: "Too many messages were sent in a row.",
};
const NOT_REACHED: TwoTongues = {
  es: "WhatsApp no puede entregar a este número: puede no tener WhatsApp, o una versión muy antigua.",
  en: "WhatsApp cannot deliver to this number: it may not be on WhatsApp, or on a very old version.",
};
const ABSENT: TwoTongues = {
  es: "El número de la persona no tiene WhatsApp.",
  en: "The person's number is not on WhatsApp.",
};
const NO_ACCESS: TwoTongues = {
  es: "WhatsApp no reconoce el acceso de esta cuenta.",
  en: "WhatsApp does not recognise this account's access.",
};
const BAD_PART: TwoTongues = {
  es: "WhatsApp no aceptó un dato del mensaje.",
  en: "WhatsApp did not take a part of the message.",
};
const RESTRICTED: TwoTongues = {
  es: "WhatsApp restringió la cuenta por sus políticas.",
  en: "WhatsApp has restricted the account under its policies.",
};
const PAYMENT: TwoTongues = {
  es: "La cuenta de WhatsApp tiene un problema de pago.",
  en: "The WhatsApp account has a payment problem.",
};
const UNREGISTERED: TwoTongues = {
  es: "El número que envía no está registrado en WhatsApp.",
  en: "The sending number is not registered with WhatsApp.",
};
const BLOCKED: TwoTongues = {
  es: "WhatsApp bloqueó la cuenta de este número.",
  en: "WhatsApp locked this number's account.",
};

/**
 * Why a message failed, by the code that its webhook and its row bear: the manual's, Meta's and Gupshup's, for people
 * who need not know any of them. Codes that somebody invents later are not here; then the provider's own words count.
 */
export const FAILURE_WORDS: Readonly<Record<string, TwoTongues>> = {
  "0": NO_ACCESS,
  "1": FAULT,
  "2": FAULT,
  "3": NO_ACCESS,
  "4": TOO_FAST,
  "5": {
    es: "No hubo saldo antes de su plazo.",
    en: "There was no balance before its deadline.",
  },
  "10": NO_ACCESS,
  "11": OPTED_OUT,
  "17": TOO_FAST,
  "33": UNREGISTERED,
  "100": BAD_PART,
  "104": NO_ACCESS,
  "190": NO_ACCESS,
  "368": RESTRICTED,
  "402": { es: "WhatsApp no lo aceptó.", en: "WhatsApp did not take it." },
  "408": {
    es: "El mensaje venció antes de entregarse.",
    en: "The message expired before it was delivered.",
  },
  "410": {
    es: "El mensaje venció antes de entregarse.",
    en: "The message expired before it was delivered.",
  },
  "470": CLOSED,
  "471": LIMITED,
  "472": NO_MARKETING,
  "500": { es: "El proveedor tuvo una falla.", en: "The provider had a fault." },
  "503": { es: "El proveedor tuvo una falla.", en: "The provider had a fault." },
  "613": TOO_FAST,
  "1000": BAD_FILE,
  "1001": {
    es: "El proveedor no reconoce al remitente.",
    en: "The provider does not know the sender.",
  },
  "1002": {
    es: "El número no está activo en WhatsApp.",
    en: "The number is not active on WhatsApp.",
  },
  "1003": { es: "El proveedor no tiene saldo.", en: "The provider's wallet is empty." },
  "1004": NO_SESSION,
  "1005": TEMPLATE_UNFIT,
  "1006": NO_SESSION,
  "1007": NO_SESSION,
  "1008": {
    es: "A la plantilla le falta un dato obligatorio.",
    en: "The template lacks a part that it must have.",
  },
  "1009": BAD_PART,
  "1010": {
    es: "No se pudo tomar el archivo.",
    en: "The file could not be taken.",
  },
  "1011": {
    es: "El archivo o el texto es demasiado grande.",
    en: "The file or the text is too large.",
  },
  "1012": OPTED_OUT,
  "1013": ABSENT,
  "1014": BAD_FILE,
  "4001": TOO_FAST,
  "4002": FAULT,
  "4003": TEMPLATE_UNFIT,
  "4004": {
    es: "El proveedor no envía mensajes de esta clase.",
    en: "The provider sends no messages of this kind.",
  },
  "4005": TEMPLATE_OFF,
  "80007": TOO_FAST,
  "80008": TOO_FAST,
  "130403": { es: "Este número bloqueó a la persona.", en: "This number has blocked the person." },
  "130429": TOO_FAST,
  "130472": NO_MARKETING,
  "130497": {
    es: "WhatsApp no permite a esta cuenta escribir a ese país.",
    en: "WhatsApp does not let this account write to that country.",
  },
  "131000": FAULT,
  "131005": NO_ACCESS,
  "131008": {
    es: "Al mensaje le falta un dato obligatorio.",
    en: "The message lacks a part that it must have.",
  },
  "131009": BAD_PART,
  "131014": BAD_FILE,
  "131016": FAULT,
  "131020": BAD_PART,
  "131021": {
    es: "El número de la persona es el mismo que envía.",
    en: "The person's number is the one that sends.",
  },
  "131026": NOT_REACHED,
  "131030": {
    es: "El número que envía es de prueba, y esta persona no está en su lista.",
    en: "The sending number is for tests, and this person is not on its list.",
  },
  "131031": BLOCKED,
  "131037": {
    es: "WhatsApp no ha aprobado el nombre de este número.",
    en: "WhatsApp has not approved this number's name.",
  },
  "131041": BAD_PART,
  "131042": PAYMENT,
  "131045": UNREGISTERED,
  "131047": CLOSED,
  "131048": LIMITED,
  "131049": NO_MARKETING,
  "131050": OPTED_OUT,
  "131051": {
    es: "WhatsApp no envía mensajes de esta clase.",
    en: "WhatsApp sends no messages of this kind.",
  },
  "131052": {
    es: "WhatsApp no pudo descargar el archivo.",
    en: "WhatsApp could not download the file.",
  },
  "131053": BAD_FILE,
  "131055": {
    es: "Este número solo puede enviar plantillas de marketing.",
    en: "This number may send marketing templates only.",
  },
  "131056": TOO_FAST,
  "131057": {
    es: "WhatsApp tiene esta cuenta en mantenimiento por un momento.",
    en: "WhatsApp is servicing this account for a moment.",
  },
  "131059": FAULT,
  "131062": {
    es: "Este mensaje necesita el número de teléfono de la persona, y ella lo oculta.",
    en: "This message needs the person's telephone number, which is hidden.",
  },
  "131063": TEMPLATE_OFF,
  "131064": LIMITED,
  "132000": TEMPLATE_UNFIT,
  "132001": {
    es: "La plantilla no existe o no está aprobada.",
    en: "The template does not exist or is not approved.",
  },
  "132005": {
    es: "El mensaje es muy largo con sus variables.",
    en: "The message is too long with its variables.",
  },
  "132007": {
    es: "La plantilla infringe las políticas de WhatsApp.",
    en: "The template goes against WhatsApp's policies.",
  },
  "132008": TEMPLATE_UNFIT,
  "132012": TEMPLATE_UNFIT,
  "132015": { es: "WhatsApp pausó la plantilla.", en: "WhatsApp has paused the template." },
  "132016": { es: "WhatsApp desactivó la plantilla.", en: "WhatsApp has disabled the template." },
  "132018": {
    es: "WhatsApp no aceptó una variable de la plantilla.",
    en: "WhatsApp did not take a variable of the template.",
  },
  "132068": TEMPLATE_OFF,
  "132069": TEMPLATE_OFF,
  "133000": UNREGISTERED,
  "133004": FAULT,
  "133006": UNREGISTERED,
  "133010": UNREGISTERED,
  "133015": UNREGISTERED,
  "134011": PAYMENT,
  "134100": TEMPLATE_OFF,
  "134101": {
    es: "WhatsApp todavía prepara la plantilla.",
    en: "WhatsApp is still preparing the template.",
  },
  "134102": TEMPLATE_OFF,
  "135000": BAD_PART,
  "137000": {
    es: "La identidad de la persona en WhatsApp cambió.",
    en: "The person's identity on WhatsApp has changed.",
  },
};
