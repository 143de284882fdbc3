/** What a mail with a link says. */
export interface LinkMailFacts {
  kind: "invitation" | "reset" | "forgotten";
  accountName: string;
  login: string;
  link: string;
  expiresAt: Date;
}

/** The mail that brings a link: Spanish, then English, since nobody knows yet which one its reader speaks. */
export function formatLinkMail(facts: LinkMailFacts): { subject: string; text: string } {
  const { kind, login, link } = facts;
  const until = `${facts.expiresAt.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const account = facts.accountName.replaceAll(/\s+/gu, " ");
  const words = WORDS[kind];
  return {
    subject: words.subject(account),
    text: [
      words.es(account),
      "",
      link,
      "",
      `Su usuario es ${login}. El enlace sirve una sola vez, hasta ${until}.`,
      words.ifNotEs,
      "",
      "—",
      words.en(account),
      `Your login is ${login}. The link works once, until ${until}.`,
      words.ifNotEn,
      "",
    ].join("\n"),
  };
}

interface LinkMailWords {
  subject(account: string): string;
  es(account: string): string;
  en(account: string): string;
  ifNotEs: string;
  ifNotEn: string;
}

const RESET: LinkMailWords = {
  subject: () => "Recado: elija una contraseña nueva",
  es: (account) => `Elija aquí una contraseña nueva para la consola de Recado de ${account}:`,
  en: (account) => `Choose a new password for ${account}'s Recado console at the address above.`,
  ifNotEs: "Si no lo esperaba, no haga nada.",
  ifNotEn: "If you did not expect it, do nothing.",
};

const WORDS: Record<LinkMailFacts["kind"], LinkMailWords> = {
  invitation: {
    ...RESET,
    subject: (account) => `Recado: invitación a ${account}`,
    es: (account) =>
      `Le han invitado a la consola de Recado de ${account}. Elija su contraseña aquí:`,
    en: (account) =>
      `You have been invited to ${account}'s Recado console. Choose your password at the address above.`,
  },
  reset: RESET,
  forgotten: {
    ...RESET,
    es: (account) =>
      `Alguien dijo que olvidó su contraseña de la consola de Recado de ${account}. Elija una nueva aquí:`,
    en: (account) =>
      `Somebody said that they forgot your password for ${account}'s Recado console. Choose a new one at the address above.`,
    ifNotEs: "Si no fue usted, no haga nada: su contraseña sigue siendo la misma.",
    ifNotEn: "If it was not you, do nothing: your password stays as it is.",
  },
};
