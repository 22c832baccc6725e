// A text as a QR code, made here: what it says leaves the page by the reader's camera alone.
import { encode } from "uqr";

/** Modules that stay light around it (ISO/IEC 18004, 6.3.8). */
const QUIET = 4;

/** Dark on light in both themes: cameras expect it so. */
export function QrCode({
  text,
  label,
  width,
}: {
  readonly text: string;
  readonly label: string;
  readonly width: number;
}) {
  const { data, size } = encode(text, { border: QUIET });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      width={width}
      height={width}
      shapeRendering="crispEdges"
      style={{ flex: "none", maxWidth: "100%" }}
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={dark.join("")} fill="#000" />
    </svg>
  );
}
