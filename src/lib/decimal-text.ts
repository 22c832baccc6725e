// Decimal numbers as text without an exponent.

const NUMBER = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,5}))?$/;

/**
 * Writes a number out: `1.5e3` is `1500`, `2e-3` is `0.002`; null when the text is no number.
 * Digits after the point are kept as they are; needless zeros in front go.
 */
export function plainDecimal(text: string): string | null {
  const parts = NUMBER.exec(text);
  if (parts === null) return null;
  const [, sign, whole = "", fraction = "", exponent = "0"] = parts;
  const point = whole.length + Number(exponent);
  const digits = (whole + fraction)
    .padEnd(point, "0")
    .padStart(whole.length + fraction.length - Math.min(point, 0), "0");
  const at = Math.max(point, 0);
  const left = digits.slice(0, at).replace(/^0+(?=\d)/, "") || "0";
  const right = digits.slice(at);
  const plain = right === "" ? left : `${left}.${right}`;
  return sign === "-" && /[1-9]/.test(plain) ? `-${plain}` : plain;
}
