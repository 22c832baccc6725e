// Documents that nobody means: deep, wide, circular, and what makes readers of GraphQL slow or large.

const repeat = (count: number, make: (n: number) => string, between = " "): string =>
  Array.from({ length: count }, (_, n) => make(n)).join(between);

const nested = (levels: number, inner: string, open = "project{samples(first:1){nodes{", close = "}}}"): string =>
  `{samples(first:1){nodes{${open.repeat(levels)}${inner}${close.repeat(levels)}}}}`;

/** Fragments that each spread the next one so often. */
const doubling = (fragments: number, of: (n: number) => string, last: string, on = "Samples"): string =>
  `{samples(first:1){nodes{...F0}}} ${repeat(fragments, (n) => `fragment F${n} on ${on}{${of(n + 1)}}`)} fragment F${fragments} on ${on}{${last}}`;

const types =
  "kind name description fields{name description args{name type{name}} type{name ofType{name ofType{name ofType{name ofType{name ofType{name}}}}}}}";

/** By what they do. All of them are refused. */
export const HOSTILE: Readonly<Record<string, string>> = {
  deep: nested(20, "name"),
  "very deep": nested(150, "name"),
  "deep and unknown": `${"{a".repeat(900)}${"}".repeat(900)}`,
  "deep objects": `{samples(where:${"{a:".repeat(600)}1${"}".repeat(600)}){nodes{name}}}`,
  "deep types": `query($a:${"[".repeat(900)}Int${"]".repeat(900)}){samples{nodes{name}}}`,
  aliased: `{samples(first:1){nodes{${repeat(300, (n) => `a${n}:name`)}}}}`,
  "aliased roots": `{${repeat(100, (n) => `a${n}:samples(first:100){nodes{name}}`)}}`,
  "many roots": `{${repeat(30, () => "samples{nodes{name}}")}}`,
  "many roots by fragments": `{${repeat(20, (n) => `...F${n}`)}} ${repeat(20, (n) => `fragment F${n} on Query{samples{nodes{id}} measures{nodes{id}}}`)}`,
  "too many tokens": `{samples{nodes{${"name ".repeat(5000)}}}}`,
  "conflicting names": `{samples(first:1){nodes{${repeat(20, (n) => `x:${n % 2 === 0 ? "name" : "id"}`)} ${"name ".repeat(1800)}}}}`,
  "conflicting roots": `{${repeat(20, (n) => `samples(first:${n + 1}){nodes{name}}`)}}`,
  circular: "{samples{nodes{...A}}} fragment A on Samples{name ...A}",
  "circular by two":
    "{samples{nodes{...A}}} fragment A on Samples{project{...B}} fragment B on Projects{samples{nodes{...A}}}",
  "circular at the root": "{...A} fragment A on Query{...B} fragment B on Query{...A}",
  "doubling spreads": doubling(200, (n) => `...F${n} ...F${n}`, "nam"),
  "doubling references": doubling(
    24,
    (n) => `a:project{samples(first:1){nodes{...F${n}}}} b:project{samples(first:1){nodes{...F${n}}}}`,
    "name",
  ),
  "doubling across": `{samples(first:1){nodes{...A0}}} ${repeat(100, (n) => `fragment A${n} on Samples{...B${n} ...A${n + 1}} fragment B${n} on Samples{...A${n + 1}}`)} fragment A100 on Samples{nam}`,
  "all pairs": `{samples(first:1){nodes{${repeat(60, (n) => `...F${n}`)}}}} ${repeat(60, (n) => `fragment F${n} on Samples{${repeat(12, (m) => `...F${(n + m + 1) % 60}`)} name}`)}`,
  "unused fragments": `{samples{nodes{name}}} ${repeat(200, (n) => `fragment F${n} on Samples{name}`)}`,
  "many operations": repeat(200, (n) => `query Q${n}{samples{nodes{name}}}`),
  "many variables": `query(${repeat(300, (n) => `$v${n}:Int`, ",")}){samples{nodes{name}}}`,
  records: "{samples(first:100){nodes{measures(first:100){nodes{id}}}}}",
  "records by default sizes": "{samples(first:100){nodes{project{samples{nodes{project{samples{nodes{id}}}}}}}}}",
  "records by a variable": "query($n:Int=100){samples(first:$n){nodes{measures(first:$n){nodes{id}}}}}",
  "records by fragments":
    "{samples(first:100){...C}} fragment C on SamplesConnection{nodes{project{samples(first:100){...D}}}} fragment D on SamplesConnection{nodes{id}}",
  checksums: "{samples(first:100){nodes{papers(first:100){nodes{sha256}}}}}",
  counts: `{samples(first:100){nodes{measures(first:1){totalCount}}}}`,
  "a page too large": "{samples(first:101){nodes{name}}}",
  "a page too small": "{samples(first:0){nodes{name}}}",
  "a page from below": "{samples(last:-5){nodes{name}}}",
  "a number too large": "{samples(first:99999999999999999999){nodes{name}}}",
  "introspection flood": `{${repeat(15, (n) => `a${n}:__schema{types{${types}}}`)}}`,
  "introspection again and again": `{__schema{${repeat(40, (n) => `t${n}:types{${types}}`)}}}`,
  "introspection in depth": `{__schema{types{fields{type{fields{type{fields{type{fields{name}}}}}}}}}}`,
  "introspection by fragments": `{__schema{types{...A}}} fragment A on __Type{fields{type{...B}}} fragment B on __Type{fields{type{fields{type{name}}}}}`,
  "introspection in circles": "{__schema{types{...A}}} fragment A on __Type{ofType{...A}}",
  "introspection of two levels": `{__schema{types{fields{name type{${repeat(30, (n) => `a${n}:fields{name args{name type{name}}}`)}}}}}}`,
  directives: `{samples(first:1)${"@skip(if:false)".repeat(350)}{nodes{name}}}`,
  "unknown directives": `{samples(first:1){nodes{name ${repeat(900, (n) => `@d${n}`)}}}}`,
  "directives on everything": `{samples(first:1)@include(if:true)@include(if:true){nodes{name}}}`,
  "names of objects": "{__proto__ constructor toString samples{nodes{__proto__ constructor hasOwnProperty}}}",
  "arguments of objects": `{samples(__proto__:1,constructor:2){nodes{name}}}`,
  "fragments of objects": "{samples{nodes{...__proto__ ...constructor ...toString}}}",
  "types of objects": "{samples{nodes{... on constructor{name} ... on __proto__{name}}}}",
  "variables of objects": "query($__proto__:Int,$constructor:Int!){samples(first:$__proto__){nodes{name}}}",
  "operation of objects": "query constructor{toString}",
  "other letters": "{échantillons{nöm}}",
  "surrogates alone": `{samples(search:"\ud800"){nodes{nam}}}`,
  controls: "{samples\u0000{nodes\u0007{name}}}",
  "a mark at the front": "\ufeff{\ufeffsample{nam}}",
  escapes: `{samples(search:"\\u{110000}"){nodes{name}}}`,
  "unfinished string": `{samples(search:"${"x".repeat(10_000)}`,
  "unfinished block": `{samples(search:"""${"x\n".repeat(10_000)}`,
  comments: `${"#\n".repeat(20_000)}{samples{nodes{name}}}`,
  "one long name": `{${"a".repeat(100_000)}}`,
  nothing: " ",
  "only a fragment": "fragment A on Samples{name}",
  mutation: "mutation{createSamples{id}}",
  subscription: "subscription{samples{nodes{name}}}",
  "a schema": "type Query{a:Int}",
  defer: "{samples{nodes{...@defer{name}}}}",
};

/** Those that are refused when records are read, if at all. */
export const ODD: Readonly<Record<string, string>> = {
  "deep values": `{samples(where:${"[".repeat(900)}${"]".repeat(900)}){nodes{name}}}`,
  "a list too long": `{samples(order:[${repeat(1500, (n) => `"f${n}"`, ",")}]){nodes{name}}}`,
  "an empty selection": "{}",
  "empty nodes": "{samples{nodes{}}}",
};
