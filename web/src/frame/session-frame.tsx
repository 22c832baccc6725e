// Pages that need somebody who is signed in. When the session ends meanwhile, one signs in over the page, and loses nothing.
import { useMantineColorScheme } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Navigate, Outlet, useLocation } from "react-router";
import { api, onSignedOut } from "../api/client.ts";
import { ApiProblem } from "../api/problem.ts";
import { Loading } from "../parts/loading.tsx";
import { Problem } from "../parts/problem.tsx";
import { LANGUAGES, speak } from "../text/index.ts";
import { SessionContext } from "./session.ts";
import { SignInAgain } from "./sign-in-again.tsx";

export function SessionFrame() {
  const { pathname, search } = useLocation();
  const client = useQueryClient();
  const { setColorScheme } = useMantineColorScheme();
  const [ended, setEnded] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ["session"],
    queryFn: ({ signal }) => api.api.getSession({ signal }),
    staleTime: 60_000,
  });
  useEffect(() => onSignedOut(() => setEnded(true)), []);
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
    return error === null ? <Loading /> : <Problem error={error} retry={() => void refetch()} />;
  }
  return (
    <SessionContext value={data}>
      <Outlet />
      <SignInAgain
        opened={ended}
        email={data.person.email}
        onDone={() => {
          setEnded(false);
          void client.invalidateQueries();
        }}
      />
    </SessionContext>
  );
}
