// The object types, with how many records each has.
import { EmptyState } from "../../parts/empty-state.tsx";

export function Page() {
  return <EmptyState title="" />;
}
