/**
 * What a program that a test starts is given of the environment: where programs are, and, as `npm test` has it, where Node keeps
 * what it has compiled. Without that each of them strips the types of all that it imports. No settings of whoever runs the tests.
 */
export function programEnv(): Record<string, string> {
  const { PATH = "", NODE_COMPILE_CACHE } = process.env;
  return { PATH, ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }) };
}
