// Texts of pages that few people see, which load them; and what the server says better in English.
import { admin } from "./admin.ts";
import { problems } from "./problems.ts";
import { templates } from "./templates.ts";

export const later = { admin, problems, templates };
