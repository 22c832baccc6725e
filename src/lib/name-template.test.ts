import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fuzz, hostileText } from "../../test/setup/fuzz.ts";
import { parseNameTemplate } from "./name-template.ts";
import { PatternError } from "./pattern-error.ts";

const TAGS = new Set(["date", "time", "org", "object", "batch", "name", "version", "id"]);
const isPath = (tag: string): boolean => /^(?:record|field)\.\w+$|^index$/.test(tag);

function refusal(
  text: string,
  tags: ReadonlySet<string> | ((tag: string) => boolean) = TAGS,
): PatternError | undefined {
  try {
    parseNameTemplate(text, tags);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(PatternError);
    return error as PatternError;
  }
}

describe("a name template", () => {
  it.each([
    ["weekly-{date}-{org}", "weekly-<date>-<org>", ["date", "org"]],
    ["{name}{name}", "<name><name>", ["name"]],
    ["notes.txt", "notes.txt", []],
    ["{{{id}}}", "{<id>}", ["id"]],
    ["{{date}}", "{date}", []],
    ["}}{{", "}{", []],
    ["a/b/{id}", "a/b/<id>", ["id"]],
  ])("%s is %s", (text, expected, tags) => {
    const template = parseNameTemplate(text, TAGS);
    expect(template.render((tag) => `<${tag}>`)).toBe(expected);
    expect(template.tags).toEqual(tags);
  });

  it("takes dotted paths that a function knows", () => {
    const template = parseNameTemplate("{record.number}/{field.name}-{index}", isPath);
    const values = new Map(Object.entries({ "record.number": "R/7", "field.name": "scan", index: "1" }));
    expect(template.render((tag) => values.get(tag)!)).toBe("R_7/scan-1");
  });

  it.each([
    ["{date", 0, "opens a brace at character 1 and never closes it", "Close the tag with }, or write {{ for a brace."],
    ["a{b{date}", 1, "opens a brace at character 2 and never closes it", "Close the tag"],
    ["{date}}", 6, "closes a brace at character 7 that was not open", "Write }} for a brace."],
    ["x-{}", 3, "has an empty tag at character 4", "Write {{ and }} for braces."],
    ["x-{dat}", 3, "has the unknown tag {dat} at character 4", "Did you mean date?"],
    ["{ org }", 1, "has the unknown tag { org }", "Did you mean org?"],
    ["{\u0007\u202e}", 1, "has the unknown tag {\\u0007\\u202e}", "Did you mean"],
    ["", 0, "is empty", "Write a name, such as export-{date}."],
    ["x".repeat(1001), 1000, "is longer than 1,000 characters", "Shorten it."],
  ])("%s is refused at %i", (text, index, message, hint) => {
    const error = refusal(text);
    expect(error).toMatchObject({ code: "wrong-name-template", kind: "usage", index });
    expect(error!.message).toContain(`The name template ${message}`);
    expect(error!.hint).toContain(hint);
  });

  it("says how to write braces where a function knows the tags", () => {
    expect(refusal("{record}", isPath)).toMatchObject({ index: 1, hint: "Write {{ and }} for braces." });
  });

  it.each([
    ["../../etc/passwd", "____etc_passwd"],
    ["..", "_"],
    [".", "_"],
    ["", "_"],
    ["a\\b/c", "a_b_c"],
    ["3.14", "3.14"],
    ["a...b", "a_b"],
    [".hidden.", "_hidden_"],
    ["a\u0000b\nc\u2028d\u007f", "a_b_c_d_"],
    ["evil\u202egnp.exe", "evil_gnp.exe"],
    ["\ud83d", "\ufffd"],
    ["été 2024 😀", "été 2024 😀"],
    ["{date}", "{date}"],
  ])("makes %j %j in a name", (value, expected) => {
    expect(parseNameTemplate("{id}", TAGS).render(() => value)).toBe(expected);
  });

  it("adds no folder and no way up, whatever the values", async () => {
    const value = fc.oneof(hostileText, fc.constantFrom("", ".", "..", "/", "\\", "./", "a/..", "\u0000"));
    await fuzz(
      fc.tuple(fc.constantFrom("{id}", "a/{id}{name}/b", ".{id}.", "{id}.{name}", "{id}/{name}.csv"), value, value),
      ([text, id, name]) => {
        const rendered = parseNameTemplate(text, TAGS).render((tag) => (tag === "id" ? id : name));
        expect(rendered.split(/[/\\]/).length).toBe(text.split("/").length);
        expect(rendered).not.toMatch(/\.\.|\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
        for (const part of rendered.split("/")) expect(["", ".", ".."]).not.toContain(part);
      },
      5_000,
    );
  });

  it("is read or refused inside, whatever it is", async () => {
    const text = fc.array(fc.oneof(fc.constantFrom("{", "}", "date", "id", "{date}", "/"), hostileText), {
      maxLength: 8,
    });
    await fuzz(
      text.map((parts) => parts.join("")),
      (joined) => {
        const error = refusal(joined);
        if (error === undefined) return;
        expect(error.index).toBeGreaterThanOrEqual(0);
        expect(error.index).toBeLessThan(Math.max(1, joined.length));
      },
      5_000,
    );
  });
});
