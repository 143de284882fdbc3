import { refuseField } from "./check-fields.ts";

/** Argon2id with OWASP's parameters of 19 MiB, two passes, one lane: some 70 ms. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const CHARACTERS_MIN = 10;
const CHARACTERS_MAX = 512;

/** Refuses a password under 10 or over 512 characters. Gives a PHC string. */
export async function hashPassword(password: string): Promise<string> {
  if (password.length < CHARACTERS_MIN || password.length > CHARACTERS_MAX) {
    refuseField("password", `must have ${CHARACTERS_MIN} to ${CHARACTERS_MAX} characters`);
  }
  const { hash } = await loadArgon2();
  return hash(password, PARAMETERS);
}

/** Whether the password is the hashed one. */
export async function verifyPassword(phc: string, password: string): Promise<boolean> {
  const { verify } = await loadArgon2();
  return password.length <= CHARACTERS_MAX && verify(phc, password);
}

/** Loaded when it is needed: a process that asks no passwords does without its memory. */
function loadArgon2() {
  return import("@node-rs/argon2");
}
