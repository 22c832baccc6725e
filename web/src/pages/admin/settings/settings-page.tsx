// A place for the page.
export function Page() {
  return null;
}
