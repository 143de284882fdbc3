import { signInWords } from "./i18n/sign-in-words.ts";

/** Where a person proves who they are. */
export function SignInPage() {
  const say = signInWords.useWords();
  return <h1>{say("title")}</h1>;
}
