// A batch that is being made: its keys come in while the next ones are read; nobody sees it before it is sealed.
import type { InOrg } from "../../control/in-org.ts";
import { addBatchChunks, beginBatch, CHUNK, type NewBatch, removeBatch } from "../../control/queries/batches.ts";
import type { KeyChunk } from "../../engine/key-chunks.ts";

/** So many rows of keys, or so many characters of them, are written at once. */
const ROWS = 10;
const CHARACTERS = 1 << 20;

export class BatchDraft {
  readonly id: string;
  readonly #at: InOrg;
  #gathered: KeyChunk[] = [];
  #characters = 0;
  /** How many keys were handed to the database. */
  #sent = 0;
  #keys: string[] = [];
  #writing: Promise<void> = Promise.resolve();
  /** How many keys it has. */
  count = 0;

  private constructor(at: InOrg, id: string) {
    this.#at = at;
    this.id = id;
  }

  static async begin(at: InOrg, facts: NewBatch): Promise<BatchDraft> {
    return new BatchDraft(at, await beginBatch(at, facts));
  }

  /** Adds one key. */
  async addKey(key: string): Promise<void> {
    this.#keys.push(key);
    this.count++;
    if (this.#keys.length === CHUNK) await this.#takeKeys();
  }

  /** Adds at most `CHUNK` keys that are JSON already. Waits while more than one part is on its way to the database. */
  async add(chunk: KeyChunk): Promise<void> {
    this.count += chunk.count;
    await this.#gather(chunk);
  }

  /** Waits until all keys are in the database. */
  async finish(): Promise<void> {
    if (this.#keys.length > 0) await this.#takeKeys();
    await this.#send();
    await this.#writing;
  }

  /** Deletes what there is; what cannot be deleted now is swept later (`sweep.ts`). */
  async discard(): Promise<void> {
    await this.#writing.catch(() => {});
    await removeBatch(this.#at, this.id).catch(() => {});
  }

  async #takeKeys(): Promise<void> {
    const keys = this.#keys;
    this.#keys = [];
    await this.#gather({ count: keys.length, json: JSON.stringify(keys) });
  }

  async #gather(chunk: KeyChunk): Promise<void> {
    this.#gathered.push(chunk);
    this.#characters += chunk.json.length;
    if (this.#gathered.length === ROWS || this.#characters >= CHARACTERS) await this.#send();
  }

  async #send(): Promise<void> {
    const chunks = this.#gathered;
    const first = this.#sent;
    this.#gathered = [];
    this.#characters = 0;
    this.#sent += chunks.reduce((sum, { count }) => sum + count, 0);
    await this.#writing;
    this.#writing = addBatchChunks(this.#at, this.id, first, chunks);
    // Whoever waits for it next is told.
    this.#writing.catch(() => {});
  }
}
