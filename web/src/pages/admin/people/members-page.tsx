// A place for the page of members.
import { EmptyState } from "../../../parts/empty-state.tsx";

export function Page() {
  return <EmptyState title="" />;
}
