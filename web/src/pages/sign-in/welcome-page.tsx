// The first administrator's account, by the link that the first start printed.
import { EmptyState } from "../../parts/empty-state.tsx";

export function Page() {
  return <EmptyState title="" />;
}
