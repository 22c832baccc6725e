import { describe } from "vitest";
import { mariadb } from "../conformance/engines/mariadb.ts";
import { noMariadb } from "../setup/mariadb.ts";
import { paging } from "./paging.ts";

describe.skipIf(noMariadb("pages of MariaDB"))("MariaDB", () => {
  paging(mariadb);
});
