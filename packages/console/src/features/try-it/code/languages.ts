import type { HttpRequest } from "../build-request.ts";
import { formatCurl } from "./format-curl.ts";
import { formatJavascript } from "./format-javascript.ts";
import { formatPhp } from "./format-php.ts";
import { formatPython } from "./format-python.ts";

/** A language in which a request is shown. */
export interface CodeLanguage {
  id: "curl" | "php" | "python" | "javascript";
  name: string;
  format(request: HttpRequest): string;
}

/** In the order of the tabs. */
export const codeLanguages: readonly CodeLanguage[] = [
  { id: "curl", name: "curl", format: formatCurl },
  { id: "php", name: "PHP", format: formatPhp },
  { id: "python", name: "Python", format: formatPython },
  { id: "javascript", name: "JavaScript", format: formatJavascript },
];
