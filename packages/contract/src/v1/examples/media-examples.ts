import type { OperationExample } from "../operation-example.ts";

/** See the operations of the same names. */
export const MEDIA_EXAMPLES = {
  uploadMedia: {
    es: "Sube un archivo, para enviarlo por su id.",
    captures: { media_id: "id" },
  },
  getMedia: {
    es: "Qué se sabe de un archivo subido.",
    params: { id: "{{media_id}}" },
  },
} as const satisfies Record<string, OperationExample>;
