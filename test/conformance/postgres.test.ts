import { postgres } from "./engines/postgres.ts";
import { conformance } from "./suite.ts";

conformance(postgres);
