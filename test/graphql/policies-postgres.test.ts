import { postgres } from "../conformance/engines/postgres.ts";
import { policiesHoldInGraphql } from "./policies.ts";

policiesHoldInGraphql(postgres);
