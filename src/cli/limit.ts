// `--limit`: what is no whole number becomes one that planning refuses.
export function limitOf(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : NaN;
}
