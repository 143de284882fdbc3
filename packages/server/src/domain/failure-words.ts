/** A sentence in both languages of the console. */
export interface Words {
  es: string;
  en: string;
}

/** Why a message failed, for the people of an account, and whether sending it once more is safe. */
export interface FailureWords {
  code: string;
  reason: Words;
  /** What to do now. */
  advice: Words;
  retry: "safe" | "never";
  retryWhy: Words;
}

/** What is known of a message that failed. */
export interface FailureFacts {
  code: string | null;
  /** As the provider, or we, put it. */
  reason: string | null;
  /** The provider took it at first. */
  wasTaken: boolean;
  /** A call for it ended without anybody knowing how. */
  wasUnknown: boolean;
}

/**
 * Puts a failure into plain words. `safe` only when the message is known not to have reached the person, and the same
 * message may succeed another time.
 */
export function describeFailure(facts: FailureFacts): FailureWords {
  const code = facts.code ?? "402";
  const known = WORDS[code];
  const own = facts.reason?.trim() || "Sin motivo";
  const reason = known?.reason ?? { es: `WhatsApp dice: ${own}`, en: `WhatsApp says: ${own}` };
  const retry = judgeRetry(facts, known);
  const advice = known?.advice ?? (retry.may === "safe" ? TRY_AGAIN : LOOK);
  return { code, reason, advice, retry: retry.may, retryWhy: retry.why };
}

function judgeRetry(
  { code, wasTaken, wasUnknown }: FailureFacts,
  known: Entry | undefined,
): { may: "safe" | "never"; why: Words } {
  // Nobody said that it failed: it was given up on, and may have arrived.
  const isGuess = wasUnknown || ((code ?? "402") === "402" && wasTaken);
  if (isGuess) return { may: "never", why: MAY_HAVE_ARRIVED };
  if (known?.again === "useless") return { may: "never", why: WOULD_FAIL };
  return { may: "safe", why: DID_NOT_ARRIVE };
}

interface Entry {
  reason: Words;
  advice: Words;
  /** The same message would fail in the same way. */
  again: "useless" | "later";
}

const MAY_HAVE_ARRIVED: Words = {
  es: "Puede que sí haya llegado: enviarlo otra vez podría duplicarlo.",
  en: "It may have arrived: sending it again could be twice.",
};
const WOULD_FAIL: Words = {
  es: "El mismo mensaje volvería a fallar.",
  en: "The same message would fail again.",
};
const DID_NOT_ARRIVE: Words = {
  es: "Se sabe que no llegó: puede enviarse otra vez.",
  en: "It is known not to have arrived: it can be sent again.",
};
const TRY_AGAIN: Words = { es: "Intente otra vez.", en: "Try again." };
const LOOK: Words = {
  es: "Revise el mensaje o avise a su supervisor.",
  en: "Check the message, or tell your supervisor.",
};

const USE_TEMPLATE: Words = {
  es: "Envíe una plantilla, o espere a que la persona escriba.",
  en: "Send a template, or wait for the person to write.",
};
const TELL_ADMIN: Words = {
  es: "Avise a quien administra la cuenta.",
  en: "Tell whoever administers the account.",
};
const CALL: Words = {
  es: "Busque a la persona por otro medio.",
  en: "Reach the person some other way.",
};
const OTHER_TEMPLATE: Words = { es: "Use otra plantilla.", en: "Use another template." };
const OTHER_FILE: Words = {
  es: "Envíe otro archivo, de un tipo que WhatsApp acepte.",
  en: "Send another file, of a type that WhatsApp takes.",
};
const WAIT: Words = {
  es: "Espere unos minutos e intente otra vez.",
  en: "Wait some minutes and try again.",
};

const CLOSED: Entry = {
  reason: {
    es: "Pasaron más de 24 horas desde el último mensaje de la persona.",
    en: "More than 24 hours have passed since the person's last message.",
  },
  advice: USE_TEMPLATE,
  again: "useless",
};
const LIMITED: Entry = {
  reason: {
    es: "WhatsApp limita los envíos de este número por su calidad.",
    en: "WhatsApp limits what this number sends because of its quality.",
  },
  advice: TELL_ADMIN,
  again: "later",
};
const TEMPLATE_OFF: Entry = {
  reason: {
    es: "WhatsApp no permite usar esta plantilla ahora.",
    en: "WhatsApp does not let this template be used now.",
  },
  advice: OTHER_TEMPLATE,
  again: "useless",
};
const TEMPLATE_UNFIT: Entry = {
  reason: {
    es: "La plantilla no coincide con la que WhatsApp tiene aprobada.",
    en: "The template is not as WhatsApp has approved it.",
  },
  advice: TELL_ADMIN,
  again: "useless",
};
const UNREACHABLE: Entry = {
  reason: {
    es: "WhatsApp no puede entregar a este número: puede no tener WhatsApp, o una versión muy antigua.",
    en: "WhatsApp cannot deliver to this number: it may not be on WhatsApp, or on a very old version.",
  },
  advice: CALL,
  again: "useless",
};
const NO_SESSION: Entry = {
  reason: {
    es: "La persona no ha abierto una conversación y no acepta plantillas de este número.",
    en: "The person has not begun a conversation and takes no templates from this number.",
  },
  advice: USE_TEMPLATE,
  again: "useless",
};
const BAD_FILE: Entry = {
  reason: { es: "WhatsApp no aceptó el archivo.", en: "WhatsApp did not take the file." },
  advice: OTHER_FILE,
  again: "useless",
};
const FAULT: Entry = {
  reason: { es: "WhatsApp tuvo una falla.", en: "WhatsApp had a fault." },
  advice: TRY_AGAIN,
  again: "later",
};
const TOO_FAST: Entry = {
  reason: {
    es: "Se enviaron demasiados mensajes seguidos.",
    en: "Too many messages were sent in a row.",
  },
  advice: WAIT,
  again: "later",
};
const NO_MARKETING: Entry = {
  reason: {
    es: "La persona no quiere, o WhatsApp no le entrega, más mensajes de marketing.",
    en: "The person wants, or WhatsApp hands over, no more marketing.",
  },
  advice: { es: "Respételo.", en: "Respect it." },
  again: "useless",
};

const WORDS: Readonly<Record<string, Entry | undefined>> = {
  "5": {
    reason: {
      es: "No hubo saldo antes de su plazo.",
      en: "There was no balance before its deadline.",
    },
    advice: { es: "Recargue el saldo e intente otra vez.", en: "Top up and try again." },
    again: "later",
  },
  "11": NO_MARKETING,
  "402": {
    reason: { es: "WhatsApp no lo aceptó.", en: "WhatsApp did not take it." },
    advice: TRY_AGAIN,
    again: "later",
  },
  "470": CLOSED,
  "471": LIMITED,
  "1002": {
    reason: {
      es: "El número no está activo para enviar.",
      en: "The number is not active for sending.",
    },
    advice: TELL_ADMIN,
    again: "later",
  },
  "1003": {
    reason: { es: "El proveedor no tiene saldo.", en: "The provider's wallet is empty." },
    advice: TELL_ADMIN,
    again: "later",
  },
  "1004": NO_SESSION,
  "1005": TEMPLATE_UNFIT,
  "1006": NO_SESSION,
  "1007": NO_SESSION,
  "1008": TEMPLATE_UNFIT,
  "1010": BAD_FILE,
  "1011": {
    reason: {
      es: "El archivo o el texto es demasiado grande.",
      en: "The file or the text is too large.",
    },
    advice: { es: "Envíe algo más pequeño.", en: "Send something smaller." },
    again: "useless",
  },
  "130429": TOO_FAST,
  "130472": NO_MARKETING,
  "131000": FAULT,
  "131016": FAULT,
  "131021": {
    reason: {
      es: "El número de la persona es el mismo que envía.",
      en: "The person's number is the one that sends.",
    },
    advice: CALL,
    again: "useless",
  },
  "131026": UNREACHABLE,
  "131030": UNREACHABLE,
  "131031": {
    reason: {
      es: "WhatsApp bloqueó la cuenta de este número.",
      en: "WhatsApp locked this number's account.",
    },
    advice: TELL_ADMIN,
    again: "later",
  },
  "131047": CLOSED,
  "131048": LIMITED,
  "131049": NO_MARKETING,
  "131050": NO_MARKETING,
  "131051": BAD_FILE,
  "131052": BAD_FILE,
  "131053": BAD_FILE,
  "131056": TOO_FAST,
  "132005": {
    reason: {
      es: "El mensaje es muy largo con sus variables.",
      en: "The message is too long with its variables.",
    },
    advice: { es: "Acorte las variables.", en: "Shorten the variables." },
    again: "useless",
  },
  "132007": TEMPLATE_OFF,
  "132015": TEMPLATE_OFF,
  "132016": TEMPLATE_OFF,
};
