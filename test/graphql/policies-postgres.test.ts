import { postgres } from "../conformance/engines/postgres.ts";
import { policiesHoldInGraphql } from "./policies.ts";
import { secretsAreKeptInGraphql } from "./secrets.ts";

policiesHoldInGraphql(postgres);
secretsAreKeptInGraphql(postgres);
