/** What `npm audit --json` came to. */
export type AuditOutcome =
  | { kind: "clean"; lesser: number }
  | { kind: "vulnerable"; findings: AuditFinding[] }
  /** No advisories were to be had: nothing is known, which is neither good nor bad. */
  | { kind: "unavailable"; why: string };

/** An advisory that concerns what is shipped. */
export interface AuditFinding {
  name: string;
  severity: string;
  titles: string[];
}

interface Vulnerability {
  name: string;
  severity: string;
  via: (string | { title?: string })[];
}

const GRAVE = new Set(["high", "critical"]);

/** Reads it. Only high and critical findings are failures; what cannot be read is not taken for a success. */
export function readAudit(output: string): AuditOutcome {
  const report = parse(output);
  if (report === null) return { kind: "unavailable", why: "npm audit answered no JSON" };
  const { vulnerabilities, message } = report;
  if (vulnerabilities === undefined) {
    return { kind: "unavailable", why: message ?? "the registry gave no advisories" };
  }
  const all = Object.values(vulnerabilities);
  const findings = all
    .filter(({ severity }) => GRAVE.has(severity))
    .map(({ name, severity, via }) => ({ name, severity, titles: listTitles(via) }));
  if (findings.length > 0) return { kind: "vulnerable", findings };
  return { kind: "clean", lesser: all.length };
}

interface Report {
  vulnerabilities?: Record<string, Vulnerability>;
  message?: string;
}

function parse(output: string): Report | null {
  try {
    const value: unknown = JSON.parse(output);
    return typeof value === "object" && value !== null ? value : null;
  } catch {
    return null;
  }
}

/** A package that is vulnerable only by one below it names that one. */
function listTitles(via: Vulnerability["via"]): string[] {
  return via.map((cause) => (typeof cause === "string" ? `by ${cause}` : (cause.title ?? "?")));
}
