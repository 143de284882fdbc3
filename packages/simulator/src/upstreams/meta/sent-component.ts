/** A component of a send, with the place that errors name. */
export interface SentComponent {
  index: number;
  type: string;
  parameters: Record<string, unknown>[];
  raw: Record<string, unknown>;
}
