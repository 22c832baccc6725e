import { sqlite } from "./engines/sqlite.ts";
import { conformance } from "./suite.ts";

conformance(sqlite);
