// Where a result ends in a stream of packets, without looking at its rows.
import { FULL, HEADER, Packet } from "./wire.ts";

/** Follows the packets of a result's rows over chunks of any size. */
export class PacketScanner {
  #header = 0;
  #length = 0;
  /** Bytes of the packet at hand that are still to come. */
  #left = 0;
  /** The packet at hand is a further part of the one before it. */
  #continues = false;
  #last = false;

  /** Takes the next bytes; gives whether the result's last packet is complete. */
  scan(bytes: Uint8Array): boolean {
    let at = 0;
    while (at < bytes.length) {
      if (this.#left > 0) {
        const count = Math.min(this.#left, bytes.length - at);
        this.#left -= count;
        at += count;
        if (this.#left === 0 && this.#last) return true;
        continue;
      }
      if (this.#header < HEADER) {
        if (this.#header < 3) this.#length |= bytes[at]! << (8 * this.#header);
        this.#header++;
        at++;
        // The last part of a packet in parts may be empty.
        if (this.#header === HEADER && this.#length === 0) this.#begin();
        continue;
      }
      this.#last = !this.#continues && (bytes[at] === Packet.end || bytes[at] === Packet.error);
      this.#begin();
    }
    return false;
  }

  #begin(): void {
    this.#left = this.#length;
    this.#continues = this.#length === FULL;
    this.#length = 0;
    this.#header = 0;
  }
}
