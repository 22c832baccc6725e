import { withMariadb } from "../setup/mariadb.ts";
import { mariadb } from "./engines/mariadb.ts";
import { conformance } from "./suite.ts";

withMariadb("MariaDB", () => conformance(mariadb));
