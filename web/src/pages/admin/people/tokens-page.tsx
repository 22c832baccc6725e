// A place for the page of tokens.
import { EmptyState } from "../../../parts/empty-state.tsx";

export function Page() {
  return <EmptyState title="" />;
}
