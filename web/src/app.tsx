// The app: theme, data, session and pages, from the outside to the inside.
import { getDefaultZIndex, MantineProvider, mergeThemeOverrides, Notification } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { createBrowserRouter, RouterProvider } from "react-router";
import { ApiProblem } from "./api/problem.ts";
import { BASE_PATH } from "./lib/base-path.ts";
import { routes } from "./routes.tsx";
import { resolveColors, theme } from "./theme.ts";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // What the server refused it refuses again; what broke on the way may come through.
      retry: (times, error) => times < 2 && !(error instanceof ApiProblem && error.status >= 400 && error.status < 500),
      refetchOnWindowFocus: true,
    },
  },
});

const router = createBrowserRouter(routes, { basename: BASE_PATH === "" ? "/" : BASE_PATH });

export function App() {
  const { t } = useTranslation();
  // What is only a sign has a name in the reader's language.
  const named = mergeThemeOverrides(theme, {
    components: {
      Notification: Notification.extend({ defaultProps: { closeButtonProps: { "aria-label": t("common.close") } } }),
    },
  });
  return (
    <MantineProvider theme={named} cssVariablesResolver={resolveColors} defaultColorScheme="auto">
      {/* Below dialogs, whose foot they would cover. */}
      <Notifications position="bottom-right" zIndex={getDefaultZIndex("modal") - 1} />
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
