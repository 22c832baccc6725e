// Texts of pages that few people see, which load them; and what the server says better in English.
import { admin } from "./admin.ts";
import { graphql } from "./graphql.ts";
import { people } from "./people.ts";
import { problems } from "./problems.ts";
import { profile } from "./profile.ts";
import { realms } from "./realms.ts";
import { templates } from "./templates.ts";

export const later = { admin, graphql, people, problems, profile, realms, templates };
