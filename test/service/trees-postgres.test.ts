import { postgres } from "../conformance/engines/postgres.ts";
import { trees } from "./trees.ts";

trees(postgres);
