// What stands where something is still on its way.
import { Center, Loader } from "@mantine/core";
import { useTranslation } from "react-i18next";

export function Loading() {
  const { t } = useTranslation();
  return (
    <Center mih={160}>
      <Loader type="dots" role="status" aria-label={t("common.loading")} />
    </Center>
  );
}
