// Says the page's title when one has gone to another page: screen readers do not notice by themselves.
import { VisuallyHidden } from "@mantine/core";
import { useEffect, useState } from "react";
import { useLocation } from "react-router";

/** Milliseconds until a page that was loaded has its title. */
const PATIENCE = 400;

export function PageAnnouncer() {
  const { pathname } = useLocation();
  const [first] = useState(pathname);
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (pathname === first && said === "") return;
    const timer = setTimeout(() => setSaid(document.title), PATIENCE);
    return () => clearTimeout(timer);
  }, [pathname, first, said]);
  return (
    <VisuallyHidden aria-live="polite" role="status">
      {said}
    </VisuallyHidden>
  );
}
