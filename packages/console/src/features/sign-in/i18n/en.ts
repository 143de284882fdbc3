import type { Words } from "../../../i18n/words.ts";
import type { es } from "./es.ts";

/** In English. */
export const en: Words<typeof es> = {
  title: "Sign in to your account",
  about: "With your login or e-mail address, and your password.",
  login: "Login or e-mail",
  password: "Password",
  showPassword: "Show or hide the password",
  enter: "Sign in",
  wrong: "The login or the password is wrong.",
  forgot: "Forgot your password?",
  forgotTitle: "Forgot your password?",
  forgotAbout: "We will e-mail you a link to choose a new one.",
  askForLink: "Send the link",
  sentTitle: "Check your mail",
  sentAbout:
    "If “{{login}}” has an account with an e-mail address, the link arrives within a minute. It works once, for half an hour.",
  sentNothing: "Nothing there? Look among the spam, or ask whoever runs your account for a link.",
  noMail: "This server sends no e-mail: ask whoever runs your account for a link.",
  noMailHow: "They make it under People, on your name, with “Make a link”.",
  backToDoor: "Back to sign-in",
  codeTitle: "Verify that it is you",
  codeAbout: "Type the six digits that your authenticator app shows.",
  code: "Code",
  wrongCode: "The code is wrong, too old, or was used already.",
  recoveryAbout:
    "Type one of the codes that you kept when you set up verification. Each works once.",
  recoveryCode: "Recovery code",
  continue: "Continue",
  useRecovery: "Use a recovery code",
  useCode: "Use the app",
  otherPerson: "Sign in as somebody else",
  linkTitle: "Your link",
  invitationTitle: "Hello, {{name}}",
  invitationAbout:
    "You were invited to {{account}}. Your login is {{login}}. Choose a password to begin.",
  resetTitle: "A new password",
  resetAbout: "For {{login}}, of {{account}}. Saving it ends your other sessions.",
  newPassword: "New password",
  setPassword: "Save password",
  passwordSet: "Password saved. You can sign in now.",
};
