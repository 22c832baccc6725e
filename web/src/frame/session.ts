// Who is signed in.
import { createContext, useContext } from "react";
import type { Session } from "../api/generated.ts";

export const SessionContext = createContext<Session | null>(null);

/** Below `SessionFrame` there always is somebody. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("useSession outside of SessionFrame");
  return session;
}
