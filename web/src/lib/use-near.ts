// Whether an element is in sight or near to it. Of hundreds of rows, the others need not be more than a place.
import { type RefObject, useEffect, useRef, useState } from "react";

/** How far from the edge: more than one goes by the keyboard at once. */
const MARGIN = "500px 0px";

/** What elements are told. */
const told = new WeakMap<Element, (isNear: boolean, height: number) => void>();
/** By what they are scrolled in: the page, or a list. */
const observers = new WeakMap<Element | Document, IntersectionObserver>();

function observerOf(element: Element): IntersectionObserver {
  const root = element.closest("[data-scrolls]") ?? document;
  const observer =
    observers.get(root) ??
    new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting, boundingClientRect } of entries)
          told.get(target)?.(isIntersecting, boundingClientRect.height);
      },
      { root, rootMargin: MARGIN },
    );
  observers.set(root, observer);
  return observer;
}

/** Of an element of the page, or of a list that scrolls and has the attribute `data-scrolls`. @param starts what is said until the browser has looked */
export function useNear<Its extends Element>(
  starts: boolean,
): {
  readonly ref: RefObject<Its | null>;
  readonly isNear: boolean;
  /** Pixels, as it was when it was last near; undefined before. */
  readonly height: RefObject<number | undefined>;
} {
  const ref = useRef<Its>(null);
  const height = useRef<number>(undefined);
  const [isNear, setNear] = useState(starts);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    told.set(element, (near, its) => {
      // Hidden, nothing has a height.
      if (!near && its > 0) height.current = its;
      setNear(near);
    });
    const observer = observerOf(element);
    observer.observe(element);
    return () => observer.unobserve(element);
  }, []);
  return { ref, isNear, height };
}
