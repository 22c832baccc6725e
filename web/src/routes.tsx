// Every page, with its address. Pages are loaded when somebody goes to them.
import { Navigate, type RouteObject } from "react-router";
import { OrgFrame } from "./frame/org-frame.tsx";
import { PageFailed } from "./frame/page-failed.tsx";
import { SessionFrame } from "./frame/session-frame.tsx";
import { FirstOrg } from "./frame/first-org.tsx";
import { Loading } from "./parts/loading.tsx";
import { NotFound } from "./parts/not-found.tsx";
import { loadLaterTexts } from "./text/index.ts";

type Page = Promise<{ readonly Page: React.ComponentType }>;

/** A page that is loaded when it is needed: a module with a component `Page`. */
function page(path: string, load: () => Page): RouteObject {
  return { path, lazy: async () => ({ Component: (await load()).Page }) };
}

/** The same of a page whose texts are not there from the start. */
function laterPage(path: string, load: () => Page): RouteObject {
  return page(path, async () => (await Promise.all([load(), loadLaterTexts()]))[0]);
}

export const routes: RouteObject[] = [
  {
    errorElement: <PageFailed />,
    hydrateFallbackElement: <Loading />,
    children: [
      page("sign-in", () => import("./pages/sign-in/sign-in-page.tsx")),
      page("welcome", () => import("./pages/sign-in/welcome-page.tsx")),
      page("reset-password", () => import("./pages/sign-in/reset-password-page.tsx")),
      page(":org/invitation", () => import("./pages/sign-in/invitation-page.tsx")),
      {
        element: <SessionFrame />,
        children: [
          { index: true, element: <FirstOrg /> },
          {
            path: ":org",
            element: <OrgFrame />,
            errorElement: <PageFailed />,
            children: [
              {
                // A page that has failed leaves the frame, by which one goes elsewhere.
                errorElement: <PageFailed isInFrame />,
                children: [
                  { index: true, element: <Navigate to="records" replace /> },
                  page("records", () => import("./pages/records/object-types-page.tsx")),
                  page("records/:name", () => import("./pages/records/records-page.tsx")),
                  page("records/:name/:key", () => import("./pages/records/record-page.tsx")),
                  page("batches", () => import("./pages/batches/batches-page.tsx")),
                  page("batches/:id", () => import("./pages/batches/batch-page.tsx")),
                  page("exports", () => import("./pages/exports/exports-page.tsx")),
                  page("exports/:id", () => import("./pages/exports/export-page.tsx")),
                  laterPage("templates", () => import("./pages/templates/templates-page.tsx")),
                  laterPage("templates/dataset/:id", () => import("./pages/templates/dataset-template-page.tsx")),
                  laterPage("templates/export/:id", () => import("./pages/templates/export-template-page.tsx")),
                  laterPage("realms", () => import("./pages/realms/realms-page.tsx")),
                  laterPage("administration/*", () => import("./pages/admin/admin-pages.tsx")),
                  laterPage("graphql", () => import("./pages/graphql/graphql-page.tsx")),
                  laterPage("profile", () => import("./pages/profile/profile-page.tsx")),
                  { path: "*", element: <NotFound /> },
                ],
              },
            ],
          },
        ],
      },
    ],
  },
];
