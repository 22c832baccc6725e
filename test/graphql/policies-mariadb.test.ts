import { describe } from "vitest";
import { mariadb } from "../conformance/engines/mariadb.ts";
import { noMariadb } from "../setup/mariadb.ts";
import { policiesHoldInGraphql } from "./policies.ts";
import { secretsAreKeptInGraphql } from "./secrets.ts";

describe.skipIf(noMariadb("MariaDB"))("MariaDB", () => {
  policiesHoldInGraphql(mariadb);
  secretsAreKeptInGraphql(mariadb);
});
