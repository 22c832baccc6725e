// An organisation that is not there, or that the reader does not belong to: which they do belong to.
import { Button, Container, Stack } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { signOut } from "../api/auth.ts";
import { EmptyState } from "../parts/empty-state.tsx";
import { useSession } from "./session.ts";

/** @param code what stands in the address; absent where the reader belongs to none at all */
export function NoSuchOrg({ code }: { readonly code?: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { orgs, person } = useSession();
  const leave = async (): Promise<void> => {
    await signOut().catch(() => {});
    await navigate("/sign-in");
  };
  const title =
    orgs.length === 0 || code === undefined ? t("common.problem.noOrg") : t("common.problem.noSuchOrg", { code });
  useEffect(() => {
    document.title = `${title} · Waybill`;
  }, [title]);
  return (
    <Container component="main" size="sm" py={{ base: "xl", sm: 80 }}>
      <EmptyState
        title={title}
        order={1}
        action={
          <Stack mt="sm" gap="xs">
            {orgs.map((org) => (
              <Button key={org.code} component={Link} to={`/${org.code}`} variant="default">
                {org.name}
              </Button>
            ))}
            <Button variant="subtle" onClick={() => void leave()}>
              {t("common.problem.signInElse")}
            </Button>
          </Stack>
        }
      >
        {orgs.length === 0
          ? t("common.problem.noOrgDetail")
          : t("common.problem.noSuchOrgDetail", { email: person.email })}
      </EmptyState>
    </Container>
  );
}
