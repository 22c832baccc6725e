import { expect, test } from "vitest";
import { labelOf, tableLabel } from "./labels.ts";
import { plainName } from "./words.ts";

test.each([
  ["collected_on", "Collected on"],
  ["SampleID", "Sample ID"],
  ["sampleIDs", "Sample IDs"],
  ["customerId", "Customer ID"],
  ["HTTPServer", "HTTP server"],
  ["SAMPLE_NAME", "Sample name"],
  ["uuid", "UUID"],
  ["last_sign_in_ip", "Last sign in IP"],
  ["water_ph", "Water pH"],
  ["ph_value", "pH value"],
  ["case_file_no", "Case file no."],
  ["sha256", "SHA256"],
  ["Beak Length (mm)", "Beak Length (mm)"],
  ["US Gross", "US Gross"],
  ["magType", "Mag type"],
  ["créé_le", "Créé le"],
  ["__x__", "X"],
  ["---", "---"],
  ["a\nb", "A b"],
  ["x".repeat(100), `X${"x".repeat(79)}…`],
])("the label of %j is %j", (name, label) => {
  expect(labelOf(name)).toBe(label);
});

test("the label of a table leaves its schema out", () => {
  expect(tableLabel("lab.soil_samples", "lab")).toBe("Soil samples");
  expect(tableLabel("lab.soil_samples", undefined)).toBe("Lab soil samples");
});

test.each([
  ["updatedAt", "updated_at"],
  ["PRÉNOM", "prenom"],
  ["Date-of Birth", "date_of_birth"],
  ["userIDs", "user_ids"],
])("%j in plain words is %j", (name, plain) => {
  expect(plainName(name)).toBe(plain);
});
