// Functions in XPath text, however they are hidden.
import { expect, it } from "vitest";
import { enclosed, functionNames } from "./xpath-calls.ts";

function names(xpath: string): string[] {
  return functionNames(xpath).map(({ prefix, uri, local }) => `${uri ?? prefix}|${local}`);
}

it.each<[string, string[]]>([
  ["doc('x')", ["|doc"]],
  ["fn:doc ( 'x' )", ["fn|doc"]],
  ["doc(: a (: nested :) ' :)\n('x')", ["|doc"]],
  ["'x' => doc()", ["|doc"]],
  ["doc#1", ["|doc"]],
  ["doc (::) # 1", ["|doc"]],
  ["Q{ http://u }doc('x')", ["http://u|doc"]],
  ["Q{}doc('x')", ["|doc"]],
  ["'it''s' || doc('\"') || \"doc('x')\"", ["|doc"]],
  ["1-doc('x')", ["|doc"]],
  ["a-doc('x')", ["|a-doc"]],
  ["$doc('x')", []],
  ["$ (: :) doc('x')", []],
  ["$x-doc('x')", []],
  ["$a(doc(1))", ["|doc"]],
  ["doc/a | @doc | doc[1]", []],
  ["'doc(1)'", []],
  ["(: doc(1) :) a", []],
  ["if (a) then doc(1) else b", ["|if", "|doc"]],
  ["unparsed-text-lines('x')", ["|unparsed-text-lines"]],
  ["a'", []],
  ["(: never over", []],
])("%s names %j", (xpath, expected) => {
  expect(names(xpath)).toEqual(expected);
});

it.each<[string, string[]]>([
  ["plain 'text", []],
  ["it's {doc('x')} and \"{b}", ["doc('x')", "b"]],
  ["{{doc('x')}} {a}", ["a"]],
  ["{map{'a': 1}?a}{'}'}", ["map{'a': 1}?a", "'}'"]],
  ["{(: } :) doc('x')}", ["(: } :) doc('x')"]],
  ["{Q{u}doc('x')}", ["Q{u}doc('x')"]],
])("the template %s holds %j", (template, expected) => {
  expect(enclosed(template)).toEqual(expected);
});
