// Trees of records: pages of records with what they refer to, their lists and their files, read in one snapshot.
export type { TreeFile, TreeFiles, TreePage, TreeRecord, WantedFiles, WantedPage, WantedRecord } from "./tree/wanted.ts";
