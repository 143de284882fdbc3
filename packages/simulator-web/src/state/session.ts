import { openLiveConnection } from "../api/live-connection.ts";
import { fetchReceived, fetchState, fetchThread, postRead } from "../api/simulator-client.ts";
import { type PageAction, reducePage } from "./page-reducer.ts";
import { initialPageState, type PageState } from "./page-state.ts";

const telephonesRefetchMs = 800;

/**
 * The page's line to the simulator: one state, followed live, fetched anew after every lost connection. The stream is
 * opened before anything is fetched, so nothing that happens in between is missed.
 */
export class Session {
  #state: PageState = initialPageState;
  readonly #listeners = new Set<() => void>();
  readonly #readAsked = new Set<string>();
  #mobiles: readonly string[] = [];
  #close: (() => void) | null = null;
  #refetchTimer: number | undefined;

  /** Opens the line; harmless when it is open already. */
  start(): void {
    this.#close ??= openLiveConnection({
      onOpen: () => {
        this.#dispatch({ type: "connection", connection: "live" });
        void this.refetch();
      },
      onLost: () => this.#dispatch({ type: "connection", connection: "reconnecting" }),
      onEvents: (events) => {
        const { staleTelephones } = this.#state;
        this.#dispatch({ type: "live", events });
        if (this.#state.staleTelephones !== staleTelephones) {
          this.#refetchTelephonesSoon();
        }
      },
    });
  }

  /** Closes the line; `start` opens it again. */
  stop(): void {
    this.#close?.();
    this.#close = null;
    window.clearTimeout(this.#refetchTimer);
    this.#refetchTimer = undefined;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): PageState => this.#state;

  /** Which telephones stand on the stage: their chats are fetched and followed, others let go. */
  show(mobiles: readonly string[]): void {
    for (const closed of this.#mobiles.filter((mobile) => !mobiles.includes(mobile))) {
      this.#dispatch({ type: "threadClosed", mobile: closed });
    }
    const added = mobiles.filter((mobile) => !this.#mobiles.includes(mobile));
    this.#mobiles = mobiles;
    for (const mobile of added) {
      this.#dispatch({ type: "threadAsked", mobile });
      void this.#fetchThread(mobile);
    }
  }

  /** Shows another receiver's webhooks. */
  chooseReceiver(name: string): void {
    this.#dispatch({ type: "receiver", name });
    void this.#fetchWebhooks();
  }

  /** These bubbles were looked at: tells the simulator once, however often it is called for the same ones. */
  markSeen(mobile: string, ids: readonly string[]): void {
    const unasked = ids.filter((id) => !this.#readAsked.has(id));
    if (unasked.length === 0) {
      return;
    }
    for (const id of unasked) {
      this.#readAsked.add(id);
    }
    this.#dispatch({ type: "seen", mobile, ids: new Set(unasked) });
    void quietly(postRead(mobile));
  }

  /** Fetches everything on show. */
  async refetch(): Promise<void> {
    await Promise.all([
      this.#fetchTelephones(),
      this.#fetchWebhooks(),
      ...this.#mobiles.map((mobile) => this.#fetchThread(mobile)),
    ]);
  }

  async #fetchTelephones(): Promise<void> {
    await quietly(fetchState().then((state) => this.#dispatch({ type: "state", state })));
  }

  async #fetchThread(mobile: string): Promise<void> {
    const since = this.#state.cursor;
    await quietly(
      fetchThread(mobile).then((items) => {
        if (this.#mobiles.includes(mobile)) {
          this.#dispatch({ type: "thread", mobile, items, since });
        }
      }),
    );
  }

  async #fetchWebhooks(): Promise<void> {
    const { cursor: since, receiver: name } = this.#state;
    await quietly(
      fetchReceived(name).then((webhooks) =>
        this.#dispatch({ type: "webhooks", name, webhooks, since }),
      ),
    );
  }

  #refetchTelephonesSoon(): void {
    this.#refetchTimer ??= window.setTimeout(() => {
      this.#refetchTimer = undefined;
      void this.#fetchTelephones();
    }, telephonesRefetchMs);
  }

  #dispatch(action: PageAction): void {
    this.#state = reducePage(this.#state, action);
    for (const listener of this.#listeners) {
      listener();
    }
  }
}

/** A fetch that fails while the line is down is made up for when it is open again, so its failure tells nothing. */
async function quietly(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch {
    // The live sign shows that the line is down.
  }
}
