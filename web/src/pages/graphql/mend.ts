// What GraphiQL leaves undone: names for those who do not see its editors, tabs without buttons in them, and gutters that are measured too early.

interface Editor extends HTMLElement {
  readonly CodeMirror?: { refresh(): void };
}

/** Mends what is in an element, and what comes into it. @returns what ends it */
export function mend(frame: HTMLElement): () => void {
  const seen = new WeakSet<Element>();
  const look = (): void => {
    for (const text of frame.querySelectorAll("textarea:not([aria-label])")) {
      text.setAttribute("aria-label", text.closest("[aria-label]")?.getAttribute("aria-label") ?? "");
    }
    for (const tab of frame.querySelectorAll('[role="tab"]:has(button), [role="tablist"]:has(button)')) {
      tab.setAttribute("role", tab.matches("ul") ? "group" : "presentation");
      tab.removeAttribute("aria-selected");
    }
    for (const scrolled of frame.querySelectorAll('.CodeMirror-scroll[tabindex="-1"]'))
      scrolled.setAttribute("tabindex", "0");
    for (const editor of frame.querySelectorAll<Editor>(".CodeMirror")) {
      if (seen.has(editor) || editor.CodeMirror === undefined) continue;
      seen.add(editor);
      const { CodeMirror: its } = editor;
      for (const after of [0, 100, 500]) setTimeout(() => its.refresh(), after);
    }
  };
  const observer = new MutationObserver(look);
  observer.observe(frame, { childList: true, subtree: true, attributes: true, attributeFilter: ["role", "tabindex"] });
  look();
  return () => observer.disconnect();
}
