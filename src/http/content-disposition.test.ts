import { expect, test } from "vitest";
import { contentDisposition } from "./content-disposition.ts";

test("names of downloads are for old and new programs, and end no header", () => {
  expect(contentDisposition("samples.csv")).toBe('attachment; filename="samples.csv"');
  expect(contentDisposition("Échantillons été.csv")).toBe(
    "attachment; filename=\"Echantillons ete.csv\"; filename*=UTF-8''%C3%89chantillons%20%C3%A9t%C3%A9.csv",
  );
  expect(contentDisposition('a"b\\c\r\nSet-Cookie: x')).toBe(
    "attachment; filename=\"a_b_cSet-Cookie: x\"; filename*=UTF-8''a%22b%5Cc%0D%0ASet-Cookie%3A%20x",
  );
  expect(contentDisposition("標本.zip")).toBe(
    "attachment; filename=\"download.zip\"; filename*=UTF-8''%E6%A8%99%E6%9C%AC.zip",
  );
  expect(contentDisposition("it's (1)*.csv\ud800")).toMatch(/filename\*=UTF-8''it%27s%20%281%29%2A\.csv%EF%BF%BD$/);
});
