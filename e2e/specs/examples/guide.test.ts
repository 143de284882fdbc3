import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { ERROR_CODES } from "@recado/contract/error-codes";
import { FAILURE_REASONS } from "@recado/contract/failure-codes";
import { WS_OUTCOMES, WS_PRECEDENCE } from "@recado/contract/ws-codes";
import { ROOT } from "../../product/processes.ts";

/* What the integrator's guide says is compared with the code, with the examples, and with itself in the other language. */

const GUIDE = join(ROOT, "docs", "integrators");
const EXAMPLE = /^<!-- example: (\S+) -->\n(?:\n```\w+\n([\s\S]*?)\n```\n)?/gmu;
const pages = readdirSync(join(GUIDE, "es")).filter((name) => name.endsWith(".md"));

test("both languages have the same pages", () => {
  assert.deepEqual(
    readdirSync(join(GUIDE, "en")).filter((name) => name.endsWith(".md")),
    pages,
  );
});

for (const page of pages) {
  test(`${page} has the same parts in both languages`, () => {
    assert.deepEqual(outline(read("en", page)), outline(read("es", page)));
  });
}

for (const language of ["es", "en"]) {
  describe(`docs/integrators/${language}`, () => {
    test("shows the examples as they are", () => {
      const shown = pages.flatMap((page) => [...read(language, page).matchAll(EXAMPLE)]);
      assert.ok(shown.length > 0);
      for (const [, file = "", text] of shown) {
        assert.equal(`${text}\n`, readFileSync(join(ROOT, file), "utf8"), file);
      }
    });

    test("shows every example", () => {
      const shown = pages.flatMap((page) =>
        [...read(language, page).matchAll(EXAMPLE)].map(([, file]) => file),
      );
      const files = readdirSync(join(ROOT, "docs", "examples"), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .flatMap(({ name }) =>
          readdirSync(join(ROOT, "docs", "examples", name)).map(
            (file) => `docs/examples/${name}/${file}`,
          ),
        );
      assert.deepEqual(shown.toSorted(), files.toSorted());
    });

    test("lists the results in the order in which they are tried, with their concepts", () => {
      const order = [1, ...WS_PRECEDENCE] as const;
      assert.deepEqual(
        rowsOf(read(language, "results.md")).map(([code, concept]) => [code, concept]),
        order.map((code) => [`\`${code}\``, WS_OUTCOMES[code].concept]),
      );
    });

    test("explains every failure that the manual names", () => {
      const explained = rowsOf(read(language, "life-and-money.md")).map(([code]) => code);
      const missing = Object.keys(FAILURE_REASONS).filter(
        (code) => !explained.includes(`\`${code}\``),
      );
      assert.deepEqual(missing, []);
    });

    test("lists the telephones that the simulator has", () => {
      const telephones = /^\| `(5730080\d+)`/gmu;
      const simulator = readFileSync(join(ROOT, "packages", "simulator", "README.md"), "utf8");
      const known = [...simulator.matchAll(telephones)].map(([, mobile]) => mobile);
      const listed = [...read(language, "testing.md").matchAll(telephones)];
      assert.ok(known.length > 0);
      assert.deepEqual(
        listed.map(([, mobile]) => mobile),
        known,
      );
    });

    test("tells the HTTP status of each problem as the code has it", () => {
      const known = new Map<string, { status: number }>(Object.entries(ERROR_CODES));
      const rows = read(language, "limits-and-errors.md").matchAll(
        /^\| (\d{3}) \| `([a-z_]+)` \|/gmu,
      );
      const told = [...rows].map(([, status, code = ""]) => [code, Number(status)]);
      assert.ok(told.length > 0);
      assert.deepEqual(
        told,
        told.map(([code]) => [code, known.get(String(code))?.status]),
      );
    });
  });
}

function read(language: string, page: string): string {
  return readFileSync(join(GUIDE, language, page), "utf8");
}

/** What must be alike in every language: levels of headings, rows and columns of tables, code, names in backticks. */
function outline(text: string): string[] {
  const prose = text.replace(/^\s*```[\s\S]*?^\s*```$/gmu, (block) => `CODE ${block.length > 0}`);
  return prose.split("\n").flatMap((line) => {
    const heading = /^#+(?= )/u.exec(line)?.[0];
    if (heading !== undefined) return [heading];
    if (line.startsWith("|")) return [`${line.split("|").length} cells`];
    if (line.startsWith("<!-- example:") || line.trim().startsWith("CODE")) return [line.trim()];
    if (/^(- |\d+\. )/u.test(line)) return [line.slice(0, 2)];
    return [];
  });
}

/** The rows of a page's tables that begin with a number in backticks, as their cells. */
function rowsOf(page: string): string[][] {
  return page
    .split("\n")
    .filter((line) => /^\| `\d+` \|/u.test(line))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}
