import { sqlite } from "../conformance/engines/sqlite.ts";
import { policiesHoldInGraphql } from "./policies.ts";

policiesHoldInGraphql(sqlite);
