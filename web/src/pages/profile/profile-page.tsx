// The reader's own name, language, time zone, theme, password, second factor and tokens.
import { Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useOrg } from "../../frame/org.ts";
import { PageHead } from "../../parts/page-head.tsx";
import { OwnTokens } from "./own-tokens.tsx";
import { PasswordSection } from "./password-section.tsx";
import { SecondFactorSection } from "./second-factor-section.tsx";
import { YouSection } from "./you-section.tsx";

export function Page() {
  const { t } = useTranslation();
  const { may } = useOrg();
  return (
    <>
      <PageHead title={t("profile.title")} />
      <Stack maw={960}>
        <YouSection />
        <PasswordSection />
        <SecondFactorSection />
        {may("tokens.manage") ? <OwnTokens /> : null}
      </Stack>
    </>
  );
}
