/** The manual's English words for each answer of a send, written out here so that a slip in the product shows. */
export const CONCEPTS: Record<number, string> = {
  1: "Message sent",
  2: "authentication error",
  3: "user without multiagent/chatbot",
  4: "error in the cell phone number to send",
  5: "no balance or inactive chatbot/multiagent",
  6: "empty message",
  7: "id_template does not correspond to the project",
  8: "the number of variables received does not correspond to the number of variables created in the template",
  9: "messages repeated 60 seconds",
  10: "Error: The maximum number of sends to this mobile number in the marketing category has been exceeded.",
  1008: "missing template parameter",
  1005: "template did not match",
  1010: "invalid media",
  1011: "invalid message size",
};
