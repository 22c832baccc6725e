// A link that is good for nothing any more, and what to do then.
import { Button, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { SignInCard } from "./card.tsx";

export function LinkOver({
  title,
  detail,
  action,
}: {
  readonly title?: string;
  readonly detail: string;
  /** What the button says, where it is not that one signs in. */
  readonly action?: string;
}) {
  const { t } = useTranslation();
  return (
    <SignInCard title={title ?? t("signIn.link.overTitle")}>
      <Stack>
        <Text size="sm">{detail}</Text>
        <Button component={Link} to="/sign-in">
          {action ?? t("signIn.toSignIn")}
        </Button>
      </Stack>
    </SignInCard>
  );
}

/** A link without its secret. */
export function LinkBroken() {
  const { t } = useTranslation();
  return <LinkOver title={t("signIn.link.brokenTitle")} detail={t("signIn.link.broken")} />;
}
