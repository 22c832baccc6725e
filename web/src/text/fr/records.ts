import { one } from "./record.ts";

export const records = { one } as const;
