import type { TwoTongues as Words } from "@recado/contract/plain/failure-words";
import { tellFailure } from "@recado/contract/plain/tell-failure";

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
  const known = Object.hasOwn(WORDS, code) ? WORDS[code] : undefined;
  const told = { code, reason: facts.reason };
  const reason = { es: tellFailure(told, "es"), en: tellFailure(told, "en") };
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
  advice: USE_TEMPLATE,
  again: "useless",
};
const LIMITED: Entry = {
  advice: TELL_ADMIN,
  again: "later",
};
const TEMPLATE_OFF: Entry = {
  advice: OTHER_TEMPLATE,
  again: "useless",
};
const TEMPLATE_UNFIT: Entry = {
  advice: TELL_ADMIN,
  again: "useless",
};
const UNREACHABLE: Entry = {
  advice: CALL,
  again: "useless",
};
const NO_SESSION: Entry = {
  advice: USE_TEMPLATE,
  again: "useless",
};
const BAD_FILE: Entry = {
  advice: OTHER_FILE,
  again: "useless",
};
const FAULT: Entry = {
  advice: TRY_AGAIN,
  again: "later",
};
const TOO_FAST: Entry = {
  advice: WAIT,
  again: "later",
};
const NO_MARKETING: Entry = {
  advice: { es: "Respételo.", en: "Respect it." },
  again: "useless",
};

/** Nothing that an agent can mend: the number's, the account's or its access's trouble. */
const ACCOUNT: Entry = { advice: TELL_ADMIN, again: "later" };

/** Codes that need no entry of their own. */
const ALIKE: readonly [Entry, readonly string[]][] = [
  [ACCOUNT, ["0", "3", "10", "33", "104", "190", "368", "1001", "4004", "130497", "131005"]],
  [ACCOUNT, ["131037", "131042", "131045", "131064", "133000", "133006", "133010", "133015"]],
  [ACCOUNT, ["134011", "134102"]],
  [TOO_FAST, ["4", "17", "613", "4001", "80007", "80008", "131057"]],
  [FAULT, ["1", "2", "500", "503", "4002", "131059", "133004", "134101"]],
  [TEMPLATE_UNFIT, ["4003", "132000", "132001", "132008", "132012", "132018"]],
  [TEMPLATE_OFF, ["4005", "131055", "131063", "132068", "132069", "134100"]],
  [UNREACHABLE, ["1013", "130403", "131062", "137000"]],
  [NO_MARKETING, ["472", "1012"]],
  [BAD_FILE, ["1000", "1014", "131014"]],
];

const WORDS: Readonly<Record<string, Entry | undefined>> = {
  ...Object.fromEntries(ALIKE.flatMap(([entry, codes]) => codes.map((code) => [code, entry]))),
  "5": {
    advice: { es: "Recargue el saldo e intente otra vez.", en: "Top up and try again." },
    again: "later",
  },
  "11": NO_MARKETING,
  "402": {
    advice: TRY_AGAIN,
    again: "later",
  },
  "470": CLOSED,
  "471": LIMITED,
  "1002": {
    advice: TELL_ADMIN,
    again: "later",
  },
  "1003": {
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
    advice: { es: "Envíe algo más pequeño.", en: "Send something smaller." },
    again: "useless",
  },
  "130429": TOO_FAST,
  "130472": NO_MARKETING,
  "131000": FAULT,
  "131016": FAULT,
  "131021": {
    advice: CALL,
    again: "useless",
  },
  "131026": UNREACHABLE,
  "131030": UNREACHABLE,
  "131031": {
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
    advice: { es: "Acorte las variables.", en: "Shorten the variables." },
    again: "useless",
  },
  "132007": TEMPLATE_OFF,
  "132015": TEMPLATE_OFF,
  "132016": TEMPLATE_OFF,
};
