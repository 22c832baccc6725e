// Whether every word that is looked for is somewhere in some texts, whatever their case and accents.

export function matches(search: string, texts: readonly (string | null)[]): boolean {
  const words = plain(search).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const all = plain(texts.filter((it) => it !== null).join("\n"));
  return words.every((word) => all.includes(word));
}

function plain(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
