import { formatMoney } from "./money.ts";

/** What a mail about a low balance tells. Amounts in 1/10,000 units. */
export interface AlertFacts {
  accountName: string;
  currency: string;
  balance: bigint;
  threshold: bigint;
  rearmAt: bigint;
  at: Date;
}

/** The mail that says that a balance is low. */
export function formatAlertMail(
  facts: AlertFacts,
  language: "es" | "en",
): { subject: string; body: string } {
  const { accountName, currency } = facts;
  const [balance, threshold, rearmAt] = [facts.balance, facts.threshold, facts.rearmAt].map(
    (amount) => `${formatMoney(amount)} ${currency}`,
  );
  const at = facts.at.toISOString();
  if (language === "en") {
    return {
      subject: `Low balance: ${balance} in ${accountName}`,
      body: [
        `The balance of ${accountName} fell to ${balance} at ${at} (UTC), below your alert of ${threshold}.`,
        "",
        "Sends without balance are refused with code 5. Ask your operator for a top-up to go on sending.",
        "",
        `This alert speaks again once the balance has reached ${rearmAt} and falls once more.`,
        "",
      ].join("\n"),
    };
  }
  return {
    subject: `Saldo bajo: ${balance} en ${accountName}`,
    body: [
      `El saldo de ${accountName} bajó a ${balance} el ${at} (UTC), por debajo de su alerta de ${threshold}.`,
      "",
      "Los envíos sin saldo se rechazan con el código 5. Pida una recarga a su operador para seguir enviando.",
      "",
      `Esta alerta vuelve a avisar cuando el saldo haya llegado a ${rearmAt} y baje otra vez.`,
      "",
    ].join("\n"),
  };
}
