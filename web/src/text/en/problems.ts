// What the server refuses most often, by its codes: what other languages translate. Readers of English have the server's own words, which say more.

export const problems = {
  "not-found": "What you look for is not there any more, or you may not see it.",
  forbidden: "You may not do this. Ask an administrator of the organisation.",
  "quota-exceeded":
    "The organisation’s quota for archives is used up. Delete archives that nobody needs any more, ask for fewer records, or ask an administrator for more room.",
  "name-taken": "This name or code is taken already. Choose another one.",
  "revision-conflict": "Somebody else has changed it meanwhile. Open it again, and make your change to what it is now.",
  "export-over": "The export is over already. Delete it, or order it again.",
  "not-ready": "The export is not ready, so there is no archive yet. Wait until it is.",
  expired: "The archive’s time is over, and it is deleted. Order the export again.",
  "archive-missing": "The archive is no longer there. Order the export again.",
  gone: "The export was deleted meanwhile. Order it again.",
  "source-unreachable":
    "The database that the records are in cannot be reached. Try again later; if it lasts, tell an administrator.",
  "source-lost": "The connection to the database that the records are in was lost. Try again.",
  "source-busy": "The database that the records are in is busy. Try again in a while.",
  "source-timeout": "The database took longer than is allowed. Ask for fewer records, or with a simpler filter.",
  "source-changed": "The data changed while they were read. Try again.",
  "source-refused": "The database that the records are in refused. If it happens once more, tell an administrator.",
  "mandatory-missing":
    "Values are missing in mandatory columns. Complete the records, give the columns a default, or do not make them mandatory.",
  "nothing-to-export": "There is nothing to export in what you chose. Choose other records, files or fields.",
  "purpose-missing": "The organisation wants to know what an export is for. Say it, and try again.",
  "batch-outdated": "The object type has changed since the batch was made. Make the batch anew.",
  "namespace-in-use": "There is still something in this group or project. Move or delete it first.",
  "last-administrator": "An organisation keeps at least one administrator. Make another one first.",
  "person-exists": "There is an account with this mail address already.",
  "worker-lost":
    "The export broke off each time that it was tried. Ask for fewer records or columns, or tell an administrator.",
  "store-full": "There is no room left for archives. Tell an administrator.",
  "store-failed":
    "Archives cannot be stored or read at the moment. Try again later; if it lasts, tell an administrator.",
  "file-missing": "The file is no longer there.",
  "file-unreadable": "The file cannot be read. Tell an administrator.",
  "too-large": "What was sent is larger than is allowed.",
  "too-many-requests": "Too many requests in a short time. Wait a while, then try again.",
  timeout: "It took too long. Try again, or ask for fewer records.",
  "control-busy": "Waybill is busy at the moment. Try again in a while.",
  "control-lost": "Waybill’s own database does not answer. Try again in a while.",
  "control-unreachable": "Waybill’s own database cannot be reached. Try again in a while.",
  internal: "Something went wrong in Waybill itself. If it happens once more, tell an administrator.",
  "source-sign-in":
    "The database that the records are in does not accept the sign-in of Waybill. Tell an administrator.",
  "source-right-missing": "Waybill may not read this in the database that the records are in. Tell an administrator.",
  "source-certificate":
    "The certificate of the database that the records are in cannot be read. Tell an administrator.",
  "source-memory":
    "These records need more memory than the source may have. Ask for fewer records or fields, or for another order.",
  "query-refused":
    "The database refuses the query that the configuration gives for this object type. Tell an administrator.",
  "archive-damaged": "The archive is damaged. Order the export again, or tell an administrator.",
  "archive-replaced": "The archive was replaced while it was read. Try again.",
  "archive-key-missing": "The key that opens the archive is missing. Tell an administrator.",
  "file-store-failed":
    "The place that the files are kept in cannot be used at the moment. Try again later; if it lasts, tell an administrator.",
  config: "The configuration does not fit what the source holds now. Tell an administrator.",
} as const;
