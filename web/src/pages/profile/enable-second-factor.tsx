// A second factor is set up: password, key, first code, backup codes.
import { Anchor, Button, Flex, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { confirmSecondFactor, enableSecondFactor } from "../../api/auth.ts";
import { AuthProblem } from "../../parts/auth-problem.tsx";
import { CopyField } from "../../parts/copy-field.tsx";
import { BackupCodes } from "./backup-codes.tsx";
import { PasswordForm } from "./password-dialog.tsx";
import { QrCode } from "./qr-code.tsx";

interface Begun {
  readonly totpURI: string;
  readonly backupCodes: readonly string[];
  readonly isConfirmed: boolean;
}

export function EnableSecondFactor({
  opened,
  onClose,
  onDone,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Once it counts. */
  readonly onDone: () => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const [begun, setBegun] = useState<Begun | null>(null);
  const isConfirmed = begun?.isConfirmed === true;
  const close = (): void => {
    setBegun(null);
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={isConfirmed ? t("profile.second.codesTitle") : t("profile.second.title")}
      closeButtonProps={{ "aria-label": t("common.close") }}
      withCloseButton={!isConfirmed}
      closeOnClickOutside={false}
      closeOnEscape={!isConfirmed}
      size="lg"
    >
      {begun === null ? (
        <PasswordForm
          action={t("profile.second.continue")}
          detail={t("profile.second.detail")}
          onClose={close}
          onPassword={async (password) => setBegun({ ...(await enableSecondFactor(password)), isConfirmed: false })}
        />
      ) : isConfirmed ? (
        <BackupCodes codes={begun.backupCodes} onKept={close} />
      ) : (
        <ConfirmKey
          totpURI={begun.totpURI}
          onConfirmed={async () => {
            setBegun({ ...begun, isConfirmed: true });
            await onDone();
          }}
        />
      )}
    </Modal>
  );
}

function ConfirmKey({
  totpURI,
  onConfirmed,
}: {
  readonly totpURI: string;
  readonly onConfirmed: () => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const [code, setCode] = useState("");
  const { mutate, error, isPending } = useMutation({
    async mutationFn() {
      await confirmSecondFactor(code.replaceAll(/\s/g, ""));
      await onConfirmed();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    mutate();
  };
  const secret = new URL(totpURI).searchParams.get("secret") ?? "";
  return (
    <form onSubmit={submit}>
      <Stack>
        <Flex direction={{ base: "column", xs: "row" }} gap="md" align="flex-start">
          <QrCode text={totpURI} label={t("profile.second.qr")} width={180} />
          <Stack gap="xs">
            <Text size="sm">{t("profile.second.scan")}</Text>
            {totpURI.startsWith("otpauth://") ? (
              <Anchor href={totpURI} size="sm">
                {t("profile.second.link")}
              </Anchor>
            ) : null}
          </Stack>
        </Flex>
        <CopyField label={t("profile.second.key")} value={secret.replaceAll(/(.{4})(?=.)/g, "$1 ")} />
        <TextInput
          label={t("profile.second.code")}
          description={t("profile.second.confirm")}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          withAsterisk={false}
          maxLength={10}
          maw={240}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          autoFocus
        />
        <AuthProblem error={error} />
        <Group justify="flex-end">
          <Button type="submit" loading={isPending}>
            {t("profile.second.turnOn")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
