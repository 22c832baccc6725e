import { postgres } from "../conformance/engines/postgres.ts";
import { paging } from "./paging.ts";

paging(postgres);
