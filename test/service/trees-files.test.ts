import { parquet } from "../conformance/engines/parquet.ts";
import { trees } from "./trees.ts";

trees(parquet);
