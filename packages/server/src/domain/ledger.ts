/**
 * Double entry: a transfer moves an amount from one book of an account to another, so what one book
 * loses another gains and the sum over all books is always zero. Transfers are never changed or
 * deleted; a mistake is put right by another transfer.
 *
 * | kind            | from    | to      | needs                             |
 * | --------------- | ------- | ------- | --------------------------------- |
 * | topup           | funding | wallet  | nothing                           |
 * | adjustment      | funding | wallet  | nothing (or wallet → funding)     |
 * | charge          | wallet  | sales   | nothing                           |
 * | refund          | sales   | wallet  | the charge of the same cause      |
 * | refund-reversal | wallet  | sales   | the refund of the same cause      |
 * | allocation      | wallet  | funding | a customer's top-up, same cause   |
 * | resale          | sales   | wallet  | a day's settlement of a reseller  |
 * | wholesale       | wallet  | sales   | a day's settlement of a reseller  |
 *
 * The last two go the other way on a day that gave back more than it took.
 */

/** `wallet`: the customer's money with us; `sales`: earned; `funding`: paid in. */
export type Book = "wallet" | "sales" | "funding";

/** Why money moves. */
export type TransferKind =
  | "topup"
  | "adjustment"
  | "charge"
  | "refund"
  | "refund-reversal"
  | "allocation"
  | "resale"
  | "wholesale";

/** Where each kind takes from and gives to. */
export const TRANSFER_BOOKS: Record<TransferKind, { debit: Book; credit: Book }> = {
  topup: { debit: "funding", credit: "wallet" },
  adjustment: { debit: "funding", credit: "wallet" },
  charge: { debit: "wallet", credit: "sales" },
  refund: { debit: "sales", credit: "wallet" },
  "refund-reversal": { debit: "wallet", credit: "sales" },
  allocation: { debit: "wallet", credit: "funding" },
  resale: { debit: "sales", credit: "wallet" },
  wholesale: { debit: "wallet", credit: "sales" },
};

/** A transfer that somebody asks for. */
export interface WantedTransfer {
  accountId: string;
  /** The message or top-up behind it; with the kind, its identity. */
  causeId: string;
  kind: TransferKind;
  /** 1/10,000 units. For a refund and its reversal the charge's amount counts and this is ignored. */
  amount: bigint;
}

/** A transfer as it stands in the ledger. */
export interface StoredTransfer {
  accountId: string;
  causeId: string;
  kind: TransferKind;
  amount: bigint;
}

/** A transfer to be stored, with the wallet's balance right after it. */
export interface PlannedTransfer extends StoredTransfer {
  debit: Book;
  credit: Book;
  balanceAfter: bigint;
}

/** What became of a wish: done, seen before, or without what it needs. */
export type TransferResult = "done" | "repeated" | "groundless";

/**
 * Decides, in order, which transfers are made. A repeat is recognised by cause and kind; a refund needs
 * its charge, a reversal its refund. Balances may fall below zero by a reversal only;
 * a negative `resale` or `wholesale` goes the other way.
 */
export function planTransfers(
  wanted: readonly WantedTransfer[],
  stored: readonly StoredTransfer[],
  balances: ReadonlyMap<string, bigint>,
): { planned: PlannedTransfer[]; results: TransferResult[] } {
  const known = new Map(
    stored.map((transfer) => [keyOf(transfer, transfer.kind), transfer.amount]),
  );
  const current = new Map(balances);
  const planned: PlannedTransfer[] = [];
  const results = wanted.map((wish): TransferResult => {
    if (known.has(keyOf(wish, wish.kind))) return "repeated";
    const amount = groundedAmount(wish, known);
    const balance = current.get(wish.accountId);
    if (amount === null || balance === undefined) return "groundless";
    const { debit, credit } = TRANSFER_BOOKS[wish.kind];
    const books = amount < 0n ? { debit: credit, credit: debit } : { debit, credit };
    const size = amount < 0n ? -amount : amount;
    const balanceAfter = books.credit === "wallet" ? balance + size : balance - size;
    known.set(keyOf(wish, wish.kind), amount);
    current.set(wish.accountId, balanceAfter);
    const { accountId, causeId, kind } = wish;
    planned.push({ accountId, causeId, kind, amount: size, ...books, balanceAfter });
    return "done";
  });
  return { planned, results };
}

const GROUND: Partial<Record<TransferKind, TransferKind>> = {
  refund: "charge",
  "refund-reversal": "refund",
};

function groundedAmount(wish: WantedTransfer, known: ReadonlyMap<string, bigint>): bigint | null {
  const ground = GROUND[wish.kind];
  return ground ? (known.get(keyOf(wish, ground)) ?? null) : wish.amount;
}

function keyOf(of: { accountId: string; causeId: string }, kind: TransferKind): string {
  return `${of.accountId} ${of.causeId} ${kind}`;
}
