import { expect, it } from "vitest";
import { typeName } from "./type-names.ts";

it("names types in the reader's language, whatever its region", () => {
  expect(typeName("integer", "en")).toBe("whole number");
  expect(typeName("integer", "fr-CA")).toBe("nombre entier");
  expect(typeName("instant", "FR")).toBe("instant");
  expect(typeName("instant", "frr")).toBe("point in time");
  expect(typeName("any", "de")).toBe("any");
});
