// Connections that nobody uses at the moment, kept a while for whoever asks next: connecting takes longer than most questions.

/** How many are kept, usually. */
const MOST = 8;
/** How long one is kept, in milliseconds. */
const WAIT = 30_000;

/** What a kind of connection can do. */
export interface Ways<C> {
  /** Whether the program waits for the connection before it ends. */
  hold(connection: C, held: boolean): void;
  /** Tells once that the other side has ended the connection; gives a way not to be told. */
  whenGone(connection: C, tell: () => void): () => void;
  end(connection: C): Promise<void>;
}

interface Idle<C> {
  readonly connection: C;
  /** When its session ended, on the process's clock in milliseconds. */
  readonly since: number;
  readonly timer: NodeJS.Timeout;
  readonly forget: () => void;
}

/** They do not keep the program from ending. */
export class IdleConnections<C> {
  readonly #ways: Ways<C>;
  #idle: Idle<C>[] = [];
  readonly #most: number;
  #isClosed = false;

  constructor(ways: Ways<C>, most: number = MOST) {
    this.#ways = ways;
    this.#most = most;
  }

  /** Keeps a connection whose session has ended well, unless there are enough. */
  async keep(connection: C): Promise<void> {
    if (this.#isClosed || this.#idle.length >= this.#most) {
      await this.#ways.end(connection);
      return;
    }
    this.#ways.hold(connection, false);
    const forget = this.#ways.whenGone(connection, () => this.#remove(connection));
    const timer = setTimeout(() => {
      if (this.#remove(connection)) void this.#ways.end(connection);
    }, WAIT).unref();
    this.#idle.push({ connection, since: performance.now(), timer, forget });
  }

  /**
   * The connection that was used last, to one only; null where there is none. Its other side may be gone all the same.
   * @param within milliseconds since it was used
   */
  take(within = WAIT): C | null {
    const last = this.#idle.at(-1);
    if (last === undefined || performance.now() - last.since > within) return null;
    this.#remove(last.connection);
    this.#ways.hold(last.connection, true);
    return last.connection;
  }

  /** Ends those that are idle, and keeps none from now on. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const all = this.#idle.map(({ connection }) => connection);
    for (const connection of all) this.#remove(connection);
    await Promise.all(all.map((connection) => this.#ways.end(connection)));
  }

  #remove(connection: C): boolean {
    const found = this.#idle.find((it) => it.connection === connection);
    if (found === undefined) return false;
    clearTimeout(found.timer);
    found.forget();
    this.#idle = this.#idle.filter((it) => it !== found);
    return true;
  }
}
