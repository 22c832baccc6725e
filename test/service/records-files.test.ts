import { parquet } from "../conformance/engines/parquet.ts";
import { paging } from "./paging.ts";

// Files have no keys of their own.
paging(parquet, { things: { key: ["part", "code"] }, numbered: { key: "id" }, loose: {} });
