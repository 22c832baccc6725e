// A new password, by the link of a mail.
import { EmptyState } from "../../parts/empty-state.tsx";

export function Page() {
  return <EmptyState title="" />;
}
