import { describe } from "vitest";
import { noMariadb } from "../setup/mariadb.ts";
import { mariadb } from "./engines/mariadb.ts";
import { conformance } from "./suite.ts";

describe.skipIf(noMariadb("MariaDB"))("MariaDB", () => {
  conformance(mariadb);
});
