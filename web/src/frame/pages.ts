// Pages of the navigation, with what one must be able to do to be shown them.
import {
  IconCalendarDown,
  IconDatabase,
  IconFileExport,
  IconSettings,
  IconStack2,
  IconTemplate,
} from "@tabler/icons-react";

export const PAGES = [
  { path: "records", icon: IconDatabase, action: "objects.see" },
  { path: "batches", icon: IconStack2, action: "batches.see" },
  { path: "exports", icon: IconFileExport, action: "exports.see" },
  { path: "templates", icon: IconTemplate, action: "templates.see" },
  { path: "realms", icon: IconCalendarDown, action: "exports.create" },
  { path: "administration", icon: IconSettings, action: "org.see" },
] as const;
