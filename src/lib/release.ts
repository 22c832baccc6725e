// Memory given back by hand.

/**
 * Frees the memory of bytes that nobody needs any more; they become empty. The garbage collector sees only the small
 * object in front of it, and would let tens of megabytes wait. Bytes that share their memory with others are left alone.
 */
export function release(bytes: Uint8Array): void {
  const { buffer } = bytes;
  // The runtime's pool of small buffers cannot be detached, and is shared.
  if (buffer instanceof ArrayBuffer && bytes.byteLength === buffer.byteLength) buffer.transfer(0);
}
