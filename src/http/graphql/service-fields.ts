// What one may ask for at first besides records: batches and exports.
import { batchFields } from "./batches.ts";
import { exportFields } from "./exports.ts";

export const SERVICE_FIELDS = { ...batchFields, ...exportFields };
