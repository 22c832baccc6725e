// Whether an element is in sight or near to it. Of hundreds of rows, the others need not be more than a place.
import { type RefObject, useEffect, useRef, useState } from "react";

/** How far from the window's edge: more than one goes by the keyboard at once. */
const MARGIN = "800px 0px";

const told = new WeakMap<Element, (isNear: boolean, height: number) => void>();
let observer: IntersectionObserver | undefined;

/** @param starts what is said until the browser has looked */
export function useNear(starts: boolean): {
  readonly ref: RefObject<HTMLElement | null>;
  readonly isNear: boolean;
  /** Pixels, as it was when it was last near; undefined before. */
  readonly height: RefObject<number | undefined>;
} {
  const ref = useRef<HTMLElement>(null);
  const height = useRef<number>(undefined);
  const [isNear, setNear] = useState(starts);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    observer ??= new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting, boundingClientRect } of entries)
          told.get(target)?.(isIntersecting, boundingClientRect.height);
      },
      { rootMargin: MARGIN },
    );
    told.set(element, (near, its) => {
      // Hidden, as in another tab, nothing has a height.
      if (!near && its > 0) height.current = its;
      setNear(near);
    });
    observer.observe(element);
    return () => {
      told.delete(element);
      observer?.unobserve(element);
    };
  }, []);
  return { ref, isNear, height };
}
