// The catalog: what can be exported, type by type and field by field.
import { Route, Routes } from "react-router";
import { TypePage } from "./type-page.tsx";
import { TypesPage } from "./types-page.tsx";

export function Page() {
  return (
    <Routes>
      <Route index element={<TypesPage />} />
      <Route path=":name" element={<TypePage />} />
    </Routes>
  );
}
