// Texts of pages that few people see, which load them.
import { admin } from "./admin.ts";
import { graphql } from "./graphql.ts";
import { templates } from "./templates.ts";

export const later = { admin, graphql, templates };
