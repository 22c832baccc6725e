// A picture, small; an icon where it cannot be shown, or is too large to be loaded for that.
import { useState } from "react";
import { FileIcon } from "./file-icon.tsx";
import type { AttachedFile } from "./files.ts";

/** Bytes. */
const MOST = 1_000_000;
const SIZE = 40;

export function Thumbnail({ file: { address, size } }: { readonly file: AttachedFile }) {
  const [failed, setFailed] = useState(false);
  if (failed || size === null || size > MOST) return <FileIcon kind="image" size={22} />;
  return (
    <img
      src={`${address}?inline`}
      alt=""
      loading="lazy"
      width={SIZE}
      height={SIZE}
      style={{ objectFit: "cover", borderRadius: 4, flexShrink: 0, background: "var(--mantine-color-default-hover)" }}
      onError={() => setFailed(true)}
    />
  );
}
