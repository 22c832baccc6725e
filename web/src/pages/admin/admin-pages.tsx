// Administration: its sections, as far as the reader may see them, each a page of its own.
import { Suspense } from "react";
import { Navigate, Route, Routes } from "react-router";
import { useOrg } from "../../frame/org.ts";
import { Loading } from "../../parts/loading.tsx";
import { NotFound } from "../../parts/not-found.tsx";
import { AdminNav } from "./admin-nav.tsx";
import { SECTIONS } from "./sections.ts";

export function Page() {
  const { may } = useOrg();
  const sections = SECTIONS.filter(({ action }) => may(action));
  const [first] = sections;
  if (first === undefined) return <NotFound />;
  return (
    <>
      <AdminNav sections={sections} />
      <Suspense fallback={<Loading />}>
        <Routes>
          <Route index element={<Navigate to={first.path} replace />} />
          {sections.map(({ path, Page: Its }) => (
            <Route key={path} path={`${path}/*`} element={<Its />} />
          ))}
          <Route path="*" element={<NotFound />} />
        </Routes>
      </Suspense>
    </>
  );
}
