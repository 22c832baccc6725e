// Goes to a place of a form by its pointer.

/** Shows a place, and puts the focus there; of a place that has no control, what it is in. */
export function focusPlace(place: string): void {
  for (let at = place; at !== ""; at = at.slice(0, Math.max(0, at.lastIndexOf("/")))) {
    const found = document.querySelector<HTMLElement>(`[data-pointer="${CSS.escape(at)}"]`);
    if (found === null) continue;
    found.scrollIntoView({ block: "center" });
    const isControl = found.matches("input,textarea,button");
    const focusable = isControl ? found : found.querySelector<HTMLElement>("input,textarea,button");
    focusable?.focus({ preventScroll: true });
    return;
  }
}
