// What is wrong with a page as it is drawn: by axe-core, and by a look at where its texts are.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

type Box = Pick<DOMRect, "left" | "top" | "right" | "bottom">;

/** What axe-core finds: the rule, and each element. */
export async function axeFindings(page: Page): Promise<string[]> {
  // The page's policy forbids scripts from elsewhere, but not the debugger's.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => {
    const { axe } = window as unknown as { axe: { run(root: Document, options: object): Promise<AxeResults> } };
    return axe.run(document, {
      resultTypes: ["violations"],
      runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    });
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ html, failureSummary }) =>
        `${id}: ${html.slice(0, 200)} (${failureSummary?.split("\n").slice(1).join("; ").trim().slice(0, 300)})`,
    ),
  );
}

/** Texts that are cut or covered, and pages that are wider than their window. */
export async function drawingFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth + 1) {
      const wide = [...document.body.querySelectorAll("*")].filter(
        (it) => it.getBoundingClientRect().right > root.clientWidth + 1 && !scrollsWithin(it),
      );
      faults.push(
        `the page is ${root.scrollWidth - root.clientWidth} px too wide: ${wide.slice(0, 3).map(named).join(", ")}`,
      );
    }
    const texts: { readonly element: Element; readonly box: Box }[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode() !== null) {
      const node = walker.currentNode;
      const element = node.parentElement!;
      if (node.nodeValue!.trim() === "" || !isSeen(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const whole of range.getClientRects()) {
        const box = seenOf(element, whole);
        if (box.right - box.left > 1 && box.bottom - box.top > 1) texts.push({ element, box });
      }
      const clipping = clippedBy(element, range.getBoundingClientRect());
      if (clipping !== null) faults.push(`cut: “${node.nodeValue!.trim().slice(0, 60)}” in ${named(clipping)}`);
    }
    for (let n = 0; n < texts.length; n++) {
      for (let other = n + 1; other < Math.min(texts.length, n + 200); other++) {
        const [a, b] = [texts[n]!, texts[other]!];
        if (a.element === b.element || a.element.contains(b.element) || b.element.contains(a.element)) continue;
        if (layerOf(a.element) !== layerOf(b.element)) continue;
        const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        // Lines may touch each other.
        if (across > 2 && down > Math.min(a.box.bottom - a.box.top, b.box.bottom - b.box.top) * 0.35)
          faults.push(`overlap: “${shortText(a.element)}” and “${shortText(b.element)}”`);
      }
    }
    return [...new Set(faults)];

    function isSeen(element: Element): boolean {
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
      for (let it: Element | null = element; it !== null; it = it.parentElement) {
        const style = getComputedStyle(it);
        // Only for those who listen, or moved out of sight until they are focused.
        if (style.clipPath !== "none" || style.clip !== "auto") return false;
      }
      const box = element.getBoundingClientRect();
      return box.right > 0 && box.left < root.clientWidth && box.bottom + scrollY > 0;
    }

    /** The part of a box that whatever is around it lets be seen. */
    function seenOf(element: Element, { left, top, right, bottom }: Box): Box {
      let seen: Box = { left, top, right, bottom };
      for (let it: Element | null = element; it !== null && it !== document.body; it = it.parentElement) {
        const style = getComputedStyle(it);
        if (style.overflowX === "visible" && style.overflowY === "visible") continue;
        const its = it.getBoundingClientRect();
        seen = {
          left: Math.max(seen.left, its.left),
          top: Math.max(seen.top, its.top),
          right: Math.min(seen.right, its.right),
          bottom: Math.min(seen.bottom, its.bottom),
        };
      }
      return seen;
    }

    /** What cuts a text off without a way to see the rest: no title, no scrolling, no list that says it again. */
    function clippedBy(element: Element, box: DOMRect): Element | null {
      for (let it: Element | null = element; it !== null && it !== document.body; it = it.parentElement) {
        const style = getComputedStyle(it);
        const scrolls = /auto|scroll/.test(style.overflowX + style.overflowY);
        if (scrolls || it.hasAttribute("title")) return null;
        if (style.overflowX === "visible" && style.overflowY === "visible") continue;
        const its = it.getBoundingClientRect();
        if (it.closest("[title]") !== null) return null;
        if (box.right > its.right + 2 || box.bottom > its.bottom + 4 || box.left < its.left - 2) return it;
      }
      return null;
    }

    function scrollsWithin(element: Element): boolean {
      for (let it = element.parentElement; it !== null && it !== document.body; it = it.parentElement) {
        if (/auto|scroll|hidden/.test(getComputedStyle(it).overflowX)) return true;
      }
      return false;
    }

    /** What lies above the page may cover it: dialogs, menus, what stays while the rest scrolls. */
    function layerOf(element: Element): Element | null {
      for (let it: Element | null = element; it !== null; it = it.parentElement) {
        if (/fixed|sticky/.test(getComputedStyle(it).position) || it.hasAttribute("data-portal")) return it;
      }
      return null;
    }

    function named(element: Element): string {
      return `<${element.tagName.toLowerCase()} class="${(element.getAttribute("class") ?? "").slice(0, 80)}">`;
    }

    function shortText(element: Element): string {
      return (element.textContent ?? "").trim().slice(0, 40);
    }
  });
}
