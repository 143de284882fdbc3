/**
 * Why a file could not be taken, in the platform's own words: in English where people of the trade read them (logs, tries of
 * webhooks, problems), in Spanish in the `reason` of a message, as all the manual's reasons are. `{}` stands for what differs.
 */
export const FILE_REASONS = {
  not_a_url: { en: "this is not a URL", es: "no es una URL" },
  not_http: { en: "only http and https are allowed", es: "solo se aceptan http y https" },
  credentials: {
    en: "a URL with credentials is not allowed",
    es: "no se acepta una URL con credenciales",
  },
  not_public: {
    en: "the address is not public, and the operator has not allowed it",
    es: "la dirección no es pública y el operador no la ha permitido",
  },
  no_answer: { en: "no answer within {} ms", es: "no respondió en {} ms" },
  redirects: { en: "more than {} redirects", es: "más de {} redirecciones" },
  compressed: {
    en: "the server sent a compressed file, though asked not to",
    es: "el servidor envió el archivo comprimido aunque se le pidió que no",
  },
  call_failed: { en: "the call failed", es: "la llamada falló" },
  ended_timeout: { en: "the download ended early: timeout", es: "la descarga tardó demasiado" },
  ended_cut: { en: "the download ended early: cut", es: "la descarga se cortó" },
  ended_large: {
    en: "the download ended early: too-large",
    es: "el archivo es más grande de lo permitido",
  },
  status: { en: "the URL answered {}", es: "la URL respondió {}" },
  no_content: { en: "the URL brings no content", es: "la URL no trae contenido" },
  host_unknown: {
    en: "the host name does not exist (ENOTFOUND)",
    es: "el nombre del servidor no existe (ENOTFOUND)",
  },
  host_unresolved: {
    en: "the host name could not be resolved (EAI_AGAIN)",
    es: "el nombre del servidor no se pudo resolver (EAI_AGAIN)",
  },
  refused: {
    en: "the connection was refused (ECONNREFUSED)",
    es: "el servidor rechazó la conexión (ECONNREFUSED)",
  },
  reset: { en: "the connection was cut (ECONNRESET)", es: "la conexión se cortó (ECONNRESET)" },
  host_unreachable: {
    en: "the host cannot be reached (EHOSTUNREACH)",
    es: "no se puede llegar al servidor (EHOSTUNREACH)",
  },
  network_unreachable: {
    en: "the network cannot be reached (ENETUNREACH)",
    es: "no se puede llegar a la red (ENETUNREACH)",
  },
  connect_timeout: {
    en: "the connection was not answered in time",
    es: "la conexión no fue respondida a tiempo",
  },
  cut_early: {
    en: "the connection was cut before a whole reply came",
    es: "la conexión se cortó antes de una respuesta completa",
  },
  not_a_reply: { en: "the reply is not HTTP", es: "la respuesta no es HTTP" },
  long_headers: {
    en: "the reply's headers are too long",
    es: "los encabezados de la respuesta son demasiado largos",
  },
  certificate_expired: {
    en: "the certificate has expired",
    es: "el certificado está vencido",
  },
  certificate_own: {
    en: "the certificate is self-signed",
    es: "el certificado está firmado por él mismo",
  },
  certificate_chain: {
    en: "the certificate's chain is incomplete",
    es: "la cadena del certificado está incompleta",
  },
  certificate_name: {
    en: "the certificate is for another name",
    es: "el certificado es de otro nombre",
  },
  empty: { en: "the file is empty", es: "el archivo está vacío" },
  markup: {
    en: "the content is HTML, SVG, a script or the like, not plain text",
    es: "el contenido es HTML, SVG, un programa o algo parecido, no texto simple",
  },
  unknown_type: {
    en: "the content is of no known type",
    es: "el contenido es de un tipo desconocido",
  },
  office: {
    en: "the content is an Office file of a kind that is not taken",
    es: "el contenido es un archivo de Office de una clase que no se recibe",
  },
  open_document: {
    en: "the content is an OpenDocument or EPUB file",
    es: "el contenido es un archivo OpenDocument o EPUB",
  },
  java: { en: "the content is a Java archive", es: "el contenido es un archivo de Java" },
  android: {
    en: "the content is an Android application",
    es: "el contenido es una aplicación de Android",
  },
  // The last: what stands for the others' kinds is any name of a type.
  other_type: { en: "the content is {}", es: "el contenido es {}" },
} as const satisfies Record<string, { en: string; es: string }>;

/** The same in Spanish; what is not the platform's own is given back as it is. */
export function tellFileReason(text: string): string {
  for (const { en, es } of Object.values(FILE_REASONS)) {
    const [before = "", after] = en.split("{}");
    if (after === undefined ? text === en : isBetween(text, before, after)) {
      return es.replace("{}", () => text.slice(before.length, text.length - (after?.length ?? 0)));
    }
  }
  return text;
}

function isBetween(text: string, before: string, after: string): boolean {
  return (
    text.length > before.length + after.length && text.startsWith(before) && text.endsWith(after)
  );
}
