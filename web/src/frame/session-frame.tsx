// Pages that need somebody who is signed in. When the session ends meanwhile, one signs in over the page, and loses nothing.
import { Container, useMantineColorScheme } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Navigate, Outlet, ScrollRestoration, useLocation } from "react-router";
import { api, onSignedOut } from "../api/client.ts";
import { ApiProblem } from "../api/problem.ts";
import { Loading } from "../parts/loading.tsx";
import { Problem } from "../parts/problem.tsx";
import { LANGUAGES, speak } from "../text/index.ts";
import { PageAnnouncer } from "./page-announcer.tsx";
import { SessionContext } from "./session.ts";
import { SignInAgain } from "./sign-in-again.tsx";

const KEY = ["session"];

export function SessionFrame() {
  const { pathname, search } = useLocation();
  const client = useQueryClient();
  const { setColorScheme } = useMantineColorScheme();
  /** When the server last did not know who asked. */
  const [endedAt, setEndedAt] = useState(0);
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    queryKey: KEY,
    async queryFn({ signal }) {
      const before = client.getQueryData<{ person: { _id: string } }>(KEY);
      const now = await api.api.getSession({ signal });
      // Somebody else has signed in meanwhile, here or in another tab: what is on the page is not theirs.
      if (before !== undefined && before.person._id !== now.person._id) location.reload();
      return now;
    },
    staleTime: 60_000,
    // Coming back from a tab where one has signed in.
    refetchOnWindowFocus: endedAt === 0 ? true : "always",
  });
  useEffect(() => onSignedOut(() => setEndedAt(Date.now())), []);
  const language = LANGUAGES.find((it) => it === data?.person.language);
  const theme = data?.person.theme;
  useEffect(() => {
    if (language !== undefined) void speak(language);
  }, [language]);
  useEffect(() => {
    if (theme === "light" || theme === "dark" || theme === "auto") setColorScheme(theme);
  }, [theme, setColorScheme]);
  if (data === undefined) {
    if (error instanceof ApiProblem && error.status === 401) {
      const next = pathname === "/" ? "" : `?next=${encodeURIComponent(pathname + search)}`;
      return <Navigate to={`/sign-in${next}`} replace />;
    }
    if (error === null) return <Loading />;
    return (
      <Container component="main" size="sm" py="xl">
        <Problem error={error} retry={() => void refetch()} />
      </Container>
    );
  }
  return (
    <SessionContext value={data}>
      <Outlet />
      <ScrollRestoration />
      <PageAnnouncer />
      <SignInAgain
        opened={endedAt > dataUpdatedAt}
        email={data.person.email}
        onDone={async () => {
          await refetch();
          void client.invalidateQueries();
        }}
      />
    </SessionContext>
  );
}
