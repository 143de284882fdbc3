import { parse } from "libpg-query";
import { type AccountTerms, createAccountTerms } from "./account-terms.ts";

/*
 * Reads a statement with PostgreSQL's own parser and finds out whether every tenant's table in it is confined to one
 * account: by `account_id = $1`, or row by row to the account of the rows that it is joined to. A statement that is so can be
 * sent to the machine on which that account lives. Only what must hold is believed: conditions that stand under AND, in
 * WHERE or ON, and what an INSERT writes into account_id.
 */

/** What was found of one statement. */
export interface Confinement {
  /** Why it could not be sent to one machine; empty when it can. */
  breaches: string[];
  /** One parameter names the account; false: each row of what is handed in names its own. */
  ofOneAccount: boolean;
}

/** `tenantTables`: those whose primary key begins with account_id. Throws what the parser says of bad SQL. */
export async function readConfinement(
  text: string,
  tenantTables: ReadonlySet<string>,
): Promise<Confinement> {
  const terms = createAccountTerms();
  const { stmts = [] } = (await parse(text)) as { stmts?: { stmt: unknown }[] };
  for (const { stmt } of stmts)
    readStatement(stmt, { terms, tenantTables, aliases: [], ctes: new Map() });
  return { breaches: terms.findBreaches(), ofOneAccount: terms.isOfOneAccount() };
}

/** A node of the parser's tree, or a part of one. */
type Tree = { readonly [key: string]: unknown };

/** What a name in FROM, or a statement as a whole, gives: the account term of each column, null for what is none. */
interface Output {
  column(name: string): string | null;
  /** The n-th column's, where columns are told by their place. */
  at(index: number): string | null;
}

interface Alias extends Output {
  name: string;
}

interface Scope {
  terms: AccountTerms;
  tenantTables: ReadonlySet<string>;
  /** Own names first, then those of the statements around. */
  aliases: readonly Alias[];
  ctes: ReadonlyMap<string, Output>;
}

const KEY = "account_id";
const NOTHING: Output = { column: () => null, at: () => null };

function readStatement(node: unknown, outer: Scope): Output {
  const [kind = "", body] = Object.entries(tree(node))[0] ?? [];
  const statement = tree(body);
  const scope = { ...outer, ctes: readCtes(statement, outer) };
  switch (kind) {
    case "SelectStmt":
      return readSelect(statement, scope);
    case "InsertStmt":
      return readInsert(statement, scope);
    case "UpdateStmt":
    case "DeleteStmt":
      return readChange(statement, scope);
    default:
      return NOTHING; // begin, commit, set
  }
}

function readCtes(statement: Tree, outer: Scope): ReadonlyMap<string, Output> {
  const ctes = new Map(outer.ctes);
  for (const one of list(tree(statement.withClause).ctes)) {
    const cte = tree(tree(one).CommonTableExpr);
    const name = String(cte.ctename);
    // A recursive one sees itself: the same account as in its first part.
    const own = { column: (column: string) => `with ${name}.${column}`, at: () => null };
    const output = readStatement(cte.ctequery, { ...outer, ctes: new Map(ctes).set(name, own) });
    outer.terms.equate(output.column(KEY), own.column(KEY));
    const named = list(cte.aliascolnames).map(text);
    ctes.set(name, named.length > 0 ? rename(output, named) : output);
  }
  return ctes;
}

function readSelect(select: Tree, outer: Scope): Output {
  if (select.larg !== undefined) {
    const left = readStatement({ SelectStmt: select.larg }, outer);
    const right = readStatement({ SelectStmt: select.rarg }, outer);
    outer.terms.equate(left.column(KEY), right.column(KEY));
    return left;
  }
  const scope = readFrom(list(select.fromClause), outer);
  readConditions(select.whereClause, scope);
  readNested(
    [select.targetList, select.havingClause, select.sortClause, select.valuesLists],
    scope,
  );
  const rows = list(select.valuesLists).map((row) => list(tree(tree(row).List).items));
  if (rows.length > 0) {
    const at = (index: number) => findTerm(rows[0]?.[index], scope);
    return { column: () => null, at };
  }
  return readTargets(list(select.targetList), scope);
}

function readInsert(insert: Tree, outer: Scope): Output {
  const target = nameTable(tree(insert.relation), outer);
  const columns = list(insert.cols).map((one) => String(tree(tree(one).ResTarget).name));
  const source = readStatement(insert.selectStmt ?? {}, outer);
  outer.terms.equate(target.column(KEY), source.at(columns.indexOf(KEY)));
  const scope = { ...outer, aliases: [target, ...outer.aliases] };
  readNested([insert.onConflictClause, returningOf(insert)], scope);
  return readTargets(returningOf(insert), scope);
}

function readChange(change: Tree, outer: Scope): Output {
  const target = nameTable(tree(change.relation), outer);
  const others = [...list(change.fromClause), ...list(change.usingClause)];
  const scope = readFrom(others, { ...outer, aliases: [target, ...outer.aliases] });
  readConditions(change.whereClause, scope);
  readNested([change.targetList, returningOf(change)], scope);
  return readTargets(returningOf(change), scope);
}

/** The parser of PostgreSQL 18 has a clause with options, those before it a list. */
function returningOf(statement: Tree): readonly unknown[] {
  return list(statement.returningList ?? tree(statement.returningClause).exprs);
}

function readFrom(items: readonly unknown[], outer: Scope): Scope {
  return items.reduce<Scope>((scope, item) => readFromItem(item, scope), outer);
}

function readFromItem(item: unknown, scope: Scope): Scope {
  const { RangeVar, RangeSubselect, RangeFunction, JoinExpr } = tree(item);
  const add = (alias: Alias): Scope => ({ ...scope, aliases: [alias, ...scope.aliases] });
  if (RangeVar !== undefined) return add(nameTable(tree(RangeVar), scope));
  if (RangeSubselect !== undefined) {
    const { subquery, alias } = tree(RangeSubselect);
    const output = readStatement(subquery, scope);
    return add({ name: aliasOf(alias), ...rename(output, list(tree(alias).colnames).map(text)) });
  }
  if (RangeFunction !== undefined) {
    const { alias, coldeflist } = tree(RangeFunction);
    const name = aliasOf(alias);
    const defined = list(coldeflist).map((one) => String(tree(tree(one).ColumnDef).colname));
    const known = [...defined, ...list(tree(alias).colnames).map(text)];
    const column = (of: string) => (known.includes(of) ? `rows ${name}.${of}` : null);
    return add({ name, column, at: (index) => `rows ${name}.${known[index] ?? index}` });
  }
  const join = tree(JoinExpr);
  const joined = readFromItem(join.rarg, readFromItem(join.larg, scope));
  if (list(join.usingClause).map(text).includes(KEY)) {
    const added = joined.aliases.slice(0, joined.aliases.length - scope.aliases.length);
    const [first, ...others] = added.map((alias) => alias.column(KEY));
    for (const other of others) scope.terms.equate(first ?? null, other);
  }
  readConditions(join.quals, joined);
  return joined;
}

/** A tenant's table gets a term of its own; what WITH has named gives what it gives; other tables name accounts row by row. */
function nameTable(range: Tree, scope: Scope): Alias {
  const table = String(range.relname);
  const name = range.alias === undefined ? table : aliasOf(range.alias);
  const cte = scope.ctes.get(table);
  if (cte !== undefined) return { ...cte, name };
  const term = scope.tenantTables.has(table) ? scope.terms.addTable(table) : `rows ${name}`;
  return { name, column: (column) => (column === KEY ? term : null), at: () => null };
}

function readConditions(node: unknown, scope: Scope): void {
  if (node === undefined) return;
  const { BoolExpr, A_Expr, SubLink } = tree(node);
  if (tree(BoolExpr).boolop === "AND_EXPR") {
    for (const one of list(tree(BoolExpr).args)) readConditions(one, scope);
    return;
  }
  const { kind, name, lexpr, rexpr } = tree(A_Expr);
  const isEqual = text(list(name)[0]) === "=";
  if (isEqual && kind === "AEXPR_OP") equateAll(lexpr, rexpr, scope);
  if (isEqual && kind === "AEXPR_OP_ANY") {
    scope.terms.equate(findTerm(lexpr, scope), `rows of ${findTerm(rexpr, scope)}`);
  }
  const { testexpr, subselect, subLinkType } = tree(SubLink);
  if (subLinkType === "ANY_SUBLINK") {
    const output = readStatement(subselect, scope);
    for (const [at, one] of partsOf(testexpr).entries()) {
      scope.terms.equate(findTerm(one, scope), output.at(at));
    }
    return;
  }
  readNested(node, scope);
}

function equateAll(left: unknown, right: unknown, scope: Scope): void {
  const rights = partsOf(right);
  for (const [at, one] of partsOf(left).entries()) {
    scope.terms.equate(findTerm(one, scope), findTerm(rights[at], scope));
  }
}

/** The parts of `(a, b)`, or the one of `a`. */
function partsOf(node: unknown): readonly unknown[] {
  const { RowExpr } = tree(node);
  return RowExpr === undefined ? [node] : list(tree(RowExpr).args);
}

/** Statements inside of expressions. */
function readNested(node: unknown, scope: Scope): void {
  if (Array.isArray(node)) for (const one of node) readNested(one, scope);
  else if (typeof node === "object" && node !== null) {
    for (const [key, value] of Object.entries(node)) {
      if (key === "subselect") readStatement(value, scope);
      else readNested(value, scope);
    }
  }
}

function readTargets(targets: readonly unknown[], scope: Scope): Output {
  const own = targets.map((one) => tree(tree(one).ResTarget));
  const stars = own.flatMap(({ val }) => {
    const fields = list(tree(tree(val).ColumnRef).fields);
    const isStar = fields.some((field) => tree(field).A_Star !== undefined);
    return isStar ? [fields.length > 1 ? text(fields[0]) : ""] : [];
  });
  const nameOf = ({ name, val }: Tree) =>
    name === undefined ? text(list(tree(tree(val).ColumnRef).fields).at(-1)) : String(name);
  return {
    column(name) {
      const target = own.find((one) => nameOf(one) === name);
      if (target !== undefined) return findTerm(target.val, scope);
      const alias = scope.aliases.find((one) => stars.includes(one.name) && one.column(name));
      return alias?.column(name) ?? (stars.includes("") ? findColumn(name, scope) : null);
    },
    at: (index) =>
      // `select *` of one thing: its columns in their order.
      own.length === 1 && stars.length === 1
        ? (scope.aliases[0]?.at(index) ?? null)
        : findTerm(own[index]?.val, scope),
  };
}

/** The term of an expression that is a column, a parameter or a constant; null for anything else. */
function findTerm(node: unknown, scope: Scope): string | null {
  const { ColumnRef, ParamRef, TypeCast, A_Const } = tree(node);
  if (TypeCast !== undefined) return findTerm(tree(TypeCast).arg, scope);
  if (ParamRef !== undefined) return `$${tree(ParamRef).number}`;
  if (A_Const !== undefined) return `constant ${JSON.stringify(A_Const)}`;
  const [first, second] = list(tree(ColumnRef).fields).map(text);
  if (first === undefined) return null;
  if (second === undefined) return findColumn(first, scope);
  return scope.aliases.find(({ name }) => name === first)?.column(second) ?? null;
}

function findColumn(name: string, { aliases }: Scope): string | null {
  for (const alias of aliases) {
    const term = alias.column(name);
    if (term !== null) return term;
  }
  return null;
}

function rename(output: Output, names: readonly string[]): Output {
  if (names.length === 0) return output;
  return { ...output, column: (name) => output.at(names.indexOf(name)) };
}

function aliasOf(alias: unknown): string {
  return String(tree(alias).aliasname ?? "");
}

function text(node: unknown): string {
  return String(tree(tree(node).String).sval ?? "");
}

function tree(node: unknown): Tree {
  return typeof node === "object" && node !== null ? (node as Tree) : {};
}

function list(node: unknown): readonly unknown[] {
  return Array.isArray(node) ? node : [];
}
