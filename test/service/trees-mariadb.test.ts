import { describe } from "vitest";
import { mariadb } from "../conformance/engines/mariadb.ts";
import { noMariadb } from "../setup/mariadb.ts";
import { trees } from "./trees.ts";

describe.skipIf(noMariadb("trees of MariaDB"))("MariaDB", () => {
  trees(mariadb);
});
