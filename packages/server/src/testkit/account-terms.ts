/**
 * Which account ids of one statement are known to be equal: terms such as `messages#1` (the account_id of a table that is
 * named there), `$1` (a parameter), `rows s.account_id` (of rows that were handed in), put into groups.
 */
export interface AccountTerms {
  /** Makes a term for another mention of a tenant's table, and remembers that it must be confined. */
  addTable(name: string): string;
  /** Says that both are the same account; nothing when one of them is not known. */
  equate(left: string | null, right: string | null): void;
  /** A sentence for each table whose account nothing names, and for a second account in the same statement. */
  findBreaches(): string[];
  /** Whether one parameter names the account of everything. */
  isOfOneAccount(): boolean;
}

/** Terms that come from outside of the database's own tables. */
const NAMING = /^(?:\$\d|rows |constant )/u;

const isParameter = (term: string) => /^\$\d/u.test(term);

/** Starts with nothing known. */
export function createAccountTerms(): AccountTerms {
  const parents = new Map<string, string>();
  const tables: string[] = [];
  const findRoot = (term: string): string => {
    const parent = parents.get(term);
    return parent === undefined ? term : findRoot(parent);
  };
  const groupOf = (term: string) => {
    const root = findRoot(term);
    return [...new Set([...parents.keys(), ...parents.values(), term])].filter(
      (other) => findRoot(other) === root,
    );
  };
  const isNamed = (term: string) => groupOf(term).some((other) => NAMING.test(other));
  const roots = () => new Set(tables.map(findRoot));
  return {
    addTable(name) {
      const term = `${name}#${tables.length + 1}`;
      tables.push(term);
      return term;
    },
    equate(left, right) {
      if (left === null || right === null) return;
      const [one, other] = [findRoot(left), findRoot(right)];
      if (one !== other) parents.set(one, other);
    },
    findBreaches() {
      const loose = tables.filter((term) => !isNamed(term));
      const named = [...new Set(tables.filter(isNamed).map(findRoot))];
      // Rows of two lists that are handed in may be of one account or of many: whoever calls decides.
      const mixed = named.length > 1 && named.some((root) => groupOf(root).some(isParameter));
      return [
        ...loose.map((term) => `nothing names the account of ${term.replace(/#\d+$/u, "")}`),
        ...(mixed ? [`its tables are of ${named.length} different accounts`] : []),
      ];
    },
    isOfOneAccount() {
      const [only, ...others] = roots();
      if (only === undefined || others.length > 0) return tables.length === 0;
      return groupOf(only).some(isParameter);
    },
  };
}
