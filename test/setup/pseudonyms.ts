// De-identified values as tests expect them: computed from the documentation, with none of the code under test.
import { createHmac } from "node:crypto";
import { SALT } from "./export.ts";

/** The pseudonym of a canonical text in an org. */
export function pseudonym(text: string, org = "lab", salt = SALT): string {
  return digest(text, org, salt).toString("hex");
}

function digest(text: string, org: string, salt: string): Buffer {
  const key = createHmac("sha256", salt).update(`waybill pseudonyms v1\0${org}`).digest();
  return createHmac("sha256", key).update(text, "utf8").digest();
}

/** By how many days the dates of a subject are moved. */
export function daysOf(subject: string, most: number, org = "lab", salt = SALT): number {
  const drawn = Number(BigInt(`0x${digest(subject, org, salt).subarray(0, 6).toString("hex")}`) % BigInt(2 * most));
  return drawn < most ? drawn - most : drawn - most + 1;
}
