/** An answer of Gupshup's: a status and a body, which is not always JSON (fact sheet 1.3, 1.4). */
export interface GupshupAnswer {
  status: number;
  type: "application/json" | "text/html" | "text/plain";
  body: string;
}

/** An error in the usual shape; it bears no code. */
export function refuse(status: number, message: string): GupshupAnswer {
  return answerJson(status, { status: "error", message });
}

/** Any JSON. */
export function answerJson(status: number, value: unknown): GupshupAnswer {
  return { status, type: "application/json", body: JSON.stringify(value) };
}

/** The server in front of the API has trouble, and answers as such servers do. */
export const brokenGateway: GupshupAnswer = {
  status: 500,
  type: "text/html",
  body: "<html><body><h1>500 Internal Server Error</h1></body></html>",
};
