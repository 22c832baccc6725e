// The records of an object type: filtered, searched, sorted, selected, exported.
import { EmptyState } from "../../parts/empty-state.tsx";

export function Page() {
  return <EmptyState title="" />;
}
