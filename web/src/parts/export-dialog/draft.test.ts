import { describe, expect, it } from "vitest";
import { type Draft, newDraft, orderOf } from "./draft.ts";

const all = { object: "samples", count: null };
const of = (kind: Draft["kind"], change: Partial<Draft> = {}): Draft => ({ ...newDraft(all, kind), ...change });

describe("the request", () => {
  it("of a table leaves its columns to the catalog until some are chosen", () => {
    expect(orderOf(all, of("table"))).toEqual({ objects: "samples", format: "csv", options: { preset: "excel" } });
    expect(orderOf(all, of("table", { paths: ["name", "id"], format: "xlsx", lists: ["measures"] }))).toEqual({
      objects: "samples",
      format: "xlsx",
      paths: ["name", "id"],
      include: ["measures"],
    });
  });

  it("of CSV is as Excel opens it, or as is said", () => {
    const csv = { excel: false, delimiter: ";", header: false, bom: true };
    expect(orderOf(all, of("table", { csv, zipped: false }))).toMatchObject({
      options: { delimiter: ";", header: false, bom: true },
      container: "none",
    });
  });

  it("of files says nothing of columns and formats that were chosen before", () => {
    const files = of("files", { paths: ["name"], lists: ["measures"], format: "xlsx", fileFormats: ["image", "pdf"] });
    expect(orderOf(all, files)).toEqual({ objects: "samples", layout: "files", fileFormats: ["image", "pdf"] });
  });

  it("of folders has files where they are wanted", () => {
    expect(orderOf(all, of("folders", { fileFormats: ["image"] }))).toEqual({ objects: "samples", layout: "folders" });
    expect(orderOf(all, of("folders", { withFiles: true, bag: true, nameTemplate: " {index} " }))).toEqual({
      objects: "samples",
      layout: "folders",
      exportFiles: true,
      bag: true,
      nameTemplate: "{index}",
    });
  });

  it("by a template has nothing of its own", () => {
    const template = { kind: "export-template", id: "t" } as const;
    expect(orderOf(all, of("template", { template, format: "ods", paths: ["x"] }))).toEqual({
      objects: "samples",
      exportTemplate: "t",
    });
  });

  it("is about the selection, or the batch, whose order is its own", () => {
    const some = { ...all, keys: ["1", "2"], namespace: "n", order: ["-name"] };
    expect(orderOf(some, of("table"))).toMatchObject({
      objects: "samples",
      keys: ["1", "2"],
      namespace: "n",
      order: ["-name"],
    });
    const batch = orderOf({ ...all, batch: "b", order: ["name"] }, of("table"));
    expect(batch).toMatchObject({ batch: "b" });
    expect(batch).not.toHaveProperty("objects");
    expect(batch).not.toHaveProperty("order");
  });

  it("says what people have said, without spaces around it", () => {
    const said = { label: " Soil ", purpose: "  ", notify: true, recipient: "age1x " };
    expect(orderOf(all, of("table", said))).toMatchObject({ label: "Soil", notify: true, recipient: "age1x" });
    expect(orderOf(all, of("table", said))).not.toHaveProperty("purpose");
  });
});
