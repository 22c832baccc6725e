// Keys by which a request that is repeated, since its answer was lost, is done once.
import { useRef } from "react";

/** A key for a request: the same for the same request, as long as the component is there. */
export function useIdempotencyKey(): (request: unknown) => string {
  const keys = useRef(new Map<string, string>());
  return (request) => {
    const text = JSON.stringify(request);
    const known = keys.current.get(text);
    if (known !== undefined) return known;
    // `randomUUID` is there for https only.
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const made = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    keys.current.set(text, made);
    return made;
  };
}
