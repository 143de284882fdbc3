/** What a mail with a link says. */
export interface LinkMailFacts {
  kind: "invitation" | "reset";
  accountName: string;
  login: string;
  link: string;
  expiresAt: Date;
}

/** The mail that brings a link: Spanish, then English, since nobody knows yet which one its reader speaks. */
export function formatLinkMail(facts: LinkMailFacts): { subject: string; text: string } {
  const { kind, accountName, login, link } = facts;
  const until = `${facts.expiresAt.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const name = accountName.replaceAll(/\s+/gu, " ");
  const isInvitation = kind === "invitation";
  return {
    subject: isInvitation ? `Recado: invitación a ${name}` : "Recado: elija una contraseña nueva",
    text: [
      isInvitation
        ? `Le han invitado a la consola de Recado de ${name}. Elija su contraseña aquí:`
        : `Elija aquí una contraseña nueva para la consola de Recado de ${name}:`,
      "",
      link,
      "",
      `Su usuario es ${login}. El enlace sirve una sola vez, hasta ${until}.`,
      "Si no lo esperaba, no haga nada.",
      "",
      "—",
      isInvitation
        ? `You have been invited to ${name}'s Recado console. Choose your password at the address above.`
        : `Choose a new password for ${name}'s Recado console at the address above.`,
      `Your login is ${login}. The link works once, until ${until}.`,
      "If you did not expect it, do nothing.",
      "",
    ].join("\n"),
  };
}
