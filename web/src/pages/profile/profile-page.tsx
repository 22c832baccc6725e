// The reader's own name, language, time zone, theme, password and second factor.
import { EmptyState } from "../../parts/empty-state.tsx";

export function Page() {
  return <EmptyState title="" />;
}
