/** What is known of a message before its type is looked at. */
export interface MessageHead {
  numberId: string;
  providerMessageId: string;
  /** Digits without `+`; null when the person hides the number. */
  from: string | null;
  userId: string | null;
  profileName: string | null;
  at: Date;
}
