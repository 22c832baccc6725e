import { sqlite } from "../conformance/engines/sqlite.ts";
import { policiesHoldInGraphql } from "./policies.ts";
import { secretsAreKeptInGraphql } from "./secrets.ts";

policiesHoldInGraphql(sqlite);
secretsAreKeptInGraphql(sqlite);
