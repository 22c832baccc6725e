// All texts in English, by area. Plurals end in `_one` and `_other`.
import { first } from "./first.ts";
import { later } from "./later.ts";

export const english = { ...first, ...later };
