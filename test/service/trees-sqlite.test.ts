import { sqlite } from "../conformance/engines/sqlite.ts";
import { trees } from "./trees.ts";

trees(sqlite);
