import { expect, test } from "vitest";
import { identityOf, sourceName, writtenUrl } from "./source-url.ts";

test.each([
  ["postgres://shop:pa%40ss@db:5433/shop", "postgres://shop:${WAYBILL_SHOP_PASSWORD}@db:5433/shop"],
  ["postgres://shop@localhost/shop", "postgres://shop@localhost/shop"],
  [
    "postgres://localhost/shop?sslmode=require&password=s",
    "postgres://localhost/shop?sslmode=require&password=${WAYBILL_SHOP_PASSWORD}",
  ],
  ["postgres://shop:a${b}@db/shop", "postgres://shop:${WAYBILL_SHOP_PASSWORD}@db/shop"],
  ["postgres://shop:p@ss:w@[bad/shop", "${WAYBILL_SHOP_URL}"],
  ["sqlite:/data/lab.db", "sqlite:/data/lab.db"],
  ["sqlite:lab.db", "sqlite:../lab.db"],
  ["sqlite:///data/${x}.db", "sqlite:/data/$${x}.db"],
])("%s is written as %s", (url, written) => {
  const result = writtenUrl(url, "shop", "conf/waybill.yaml");
  expect(result.url).toBe(written);
  expect(result.variables.map(({ name }) => `\${${name}}`).every((it) => written.includes(it))).toBe(true);
  expect(result.variables.length).toBe(written.split("${WAYBILL").length - 1);
});

test("a database is the same one, whoever asks and however it is written", () => {
  const same = identityOf("postgres://a:b@localhost/shop", "/x");
  expect(identityOf("postgresql://c:${PASSWORD}@127.0.0.1:5432/shop?sslmode=require", "/x")).toBe(same);
  expect(identityOf("postgres://a:b@localhost/other", "/x")).not.toBe(same);
  expect(identityOf("sqlite:../lab.db", "/x/y")).toBe(identityOf("sqlite:///x/lab.db", "/"));
});

test.each([
  ["postgres://u@h/shop", "shop"],
  ["postgres://someone@h", "someone"],
  ["sqlite:/data/My lab (2).sqlite3", "My_lab_2"],
  ["files:/data/csv/", "csv"],
  ["sqlite:/data/日本.db", "main"],
])("%s is called %s", (url, name) => {
  expect(sourceName(url)).toBe(name);
});
