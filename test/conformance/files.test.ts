import { parquet } from "./engines/parquet.ts";
import { conformance } from "./suite.ts";

conformance(parquet);
