// Whether signing in takes a second factor, and what can be done about it.
import { Badge, Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { disableSecondFactor, hasSecondFactor, renewBackupCodes } from "../../api/auth.ts";
import { Answer } from "../../parts/answer.tsx";
import { Section } from "../../parts/section.tsx";
import { BackupCodesDialog } from "./backup-codes.tsx";
import { EnableSecondFactor } from "./enable-second-factor.tsx";
import { PasswordDialog } from "./password-dialog.tsx";

const KEY = ["second-factor"];

export function SecondFactorSection() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const found = useQuery({ queryKey: KEY, queryFn: ({ signal }) => hasSecondFactor(signal) });
  const [dialog, setDialog] = useState<"enable" | "disable" | "renew" | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const close = (): void => setDialog(null);
  const tell = async (message: string): Promise<void> => {
    await client.invalidateQueries({ queryKey: KEY });
    notifications.show({ message, color: "teal" });
  };
  return (
    <Section title={t("profile.second.title")} detail={t("profile.second.detail")}>
      <Answer of={found}>
        {(isOn) => (
          <Group>
            <Badge
              variant={isOn ? "filled" : "outline"}
              color={isOn ? "teal.9" : "gray"}
              c={isOn ? undefined : "dimmed"}
            >
              {isOn ? t("profile.second.on") : t("profile.second.off")}
            </Badge>
            {isOn ? (
              <>
                <Button variant="default" onClick={() => setDialog("renew")}>
                  {t("profile.second.renew")}
                </Button>
                <Button variant="default" onClick={() => setDialog("disable")}>
                  {t("profile.second.disable")}
                </Button>
              </>
            ) : (
              <Button variant="default" onClick={() => setDialog("enable")}>
                {t("profile.second.enable")}
              </Button>
            )}
          </Group>
        )}
      </Answer>
      <EnableSecondFactor opened={dialog === "enable"} onClose={close} onDone={() => tell(t("profile.second.isOn"))} />
      <PasswordDialog
        opened={dialog === "disable"}
        onClose={close}
        title={t("profile.second.disableTitle")}
        detail={t("profile.second.disableDetail")}
        action={t("profile.second.disable")}
        isDangerous
        onPassword={async (password) => {
          await disableSecondFactor(password);
          close();
          await tell(t("profile.second.isOff"));
        }}
      />
      <PasswordDialog
        opened={dialog === "renew"}
        onClose={close}
        title={t("profile.second.renewTitle")}
        detail={t("profile.second.renewDetail")}
        action={t("profile.second.renew")}
        onPassword={async (password) => {
          setCodes(await renewBackupCodes(password));
          close();
        }}
      />
      <BackupCodesDialog codes={codes} onClose={() => setCodes(null)} />
    </Section>
  );
}
