// Administration, by pages of its own.
import { EmptyState } from "../../parts/empty-state.tsx";

export function Page() {
  return <EmptyState title="" />;
}
