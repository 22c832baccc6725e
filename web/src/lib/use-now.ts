// The time of day, told anew every so often, for what is said in relation to it.
import { useEffect, useState } from "react";

/** @param every milliseconds @returns milliseconds since 1970 */
export function useNow(every: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
