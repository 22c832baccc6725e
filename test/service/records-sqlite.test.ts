import { sqlite } from "../conformance/engines/sqlite.ts";
import { paging } from "./paging.ts";

paging(sqlite);
