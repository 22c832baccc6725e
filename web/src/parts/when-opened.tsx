// What is loaded when it is opened for the first time, as a drawer is: until then nothing of it is there.
import { type ReactNode, Suspense, useState } from "react";

export function WhenOpened({ opened, children }: { readonly opened: boolean; readonly children: ReactNode }) {
  const [wasOpened, setWasOpened] = useState(opened);
  if (opened && !wasOpened) setWasOpened(true);
  return wasOpened ? <Suspense fallback={null}>{children}</Suspense> : null;
}
