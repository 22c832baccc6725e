// A password that is being chosen, with how good it is.
import { PasswordInput, Progress, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

const LEAST = 12;
const MOST = 256;

/** Whether the server takes it. */
function isLongEnough(password: string): boolean {
  return password.length >= LEAST && password.length <= MOST;
}

/** From 0 to 3. Length is what counts; few characters, again and again, are soon guessed. */
function strengthOf(password: string): 0 | 1 | 2 | 3 {
  if (!isLongEnough(password)) return 0;
  const different = new Set(password.toLowerCase()).size;
  if (different < 6 || /^(?:\d+|(.{1,4})\1+.{0,3})$/.test(password)) return 1;
  return password.length >= 18 && different >= 9 ? 3 : 2;
}

const COLORS = ["red", "orange", "teal", "teal"] as const;

export function NewPassword({
  label,
  value,
  onChange,
  error,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (password: string) => void;
  readonly error?: string | undefined;
}) {
  const { t } = useTranslation();
  const strength = strengthOf(value);
  const words = [
    value.length > MOST
      ? t("signIn.newPassword.tooLong")
      : t("signIn.newPassword.short", { count: LEAST - value.length }),
    t("signIn.newPassword.poor"),
    t("signIn.newPassword.good"),
    t("signIn.newPassword.strong"),
  ];
  const share = strength === 0 ? Math.min(60, (value.length / LEAST) * 60) : [0, 66, 85, 100][strength]!;
  return (
    <Stack gap={6}>
      <PasswordInput
        label={label}
        description={t("signIn.newPassword.hint")}
        error={error}
        name="new-password"
        autoComplete="new-password"
        required
        withAsterisk={false}
        minLength={LEAST}
        maxLength={MOST}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
      />
      {value === "" ? null : (
        <>
          {/* The words below say it. */}
          <Progress value={share} color={COLORS[strength]} size="xs" aria-hidden />
          <Text size="xs" c="dimmed" role="status">
            {words[strength]}
          </Text>
        </>
      )}
    </Stack>
  );
}
