// Colours and sizes. Every text has the contrast that WCAG asks for at level AA, in light and in dark.
import {
  Checkbox,
  createTheme,
  type CSSVariablesResolver,
  defaultVariantColorsResolver,
  Drawer,
  Menu,
  Modal,
  Radio,
} from "@mantine/core";

/** On colours that are dark in the light theme and light in the dark one; Mantine's own knows of the light one alone. */
const ON_FILLED = "light-dark(var(--mantine-color-white), var(--mantine-color-black))";

export const theme = createTheme({
  primaryColor: "cyan",
  primaryShade: { light: 9, dark: 4 },
  autoContrast: true,
  defaultRadius: "sm",
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, monospace",
  headings: {
    fontWeight: "600",
    sizes: { h1: { fontSize: "1.5rem" }, h2: { fontSize: "1.2rem" }, h3: { fontSize: "1rem" } },
  },
  respectReducedMotion: true,
  cursorType: "pointer",
  variantColorResolver(input) {
    const colors = defaultVariantColorsResolver(input);
    const { color = input.theme.primaryColor, variant } = input;
    return variant === "filled" && Object.hasOwn(input.theme.colors, color) ? { ...colors, color: ON_FILLED } : colors;
  },
  components: {
    Modal: Modal.extend({ styles: { title: { fontWeight: 600, overflowWrap: "anywhere" } } }),
    // The head of a dialog is not the head of the page, which it would be as a landmark.
    ModalHeader: Modal.Header.extend({ defaultProps: { role: "presentation" } }),
    DrawerHeader: Drawer.Header.extend({ defaultProps: { role: "presentation" } }),
    // A menu stays in the landmark that it belongs to, holds nothing but items, and begins with the first of them.
    Menu: Menu.extend({
      defaultProps: { withinPortal: false, floatingStrategy: "fixed", withInitialFocusPlaceholder: false },
    }),
    Checkbox: Checkbox.extend({ defaultProps: { iconColor: ON_FILLED } }),
    Radio: Radio.extend({ defaultProps: { iconColor: ON_FILLED } }),
  },
});

/** Mantine's own greys and reds are paler than AA. */
export const resolveColors: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#495057",
    "--mantine-color-placeholder": "#5c636a",
    "--mantine-color-error": "#c92a2a",
    "--mantine-color-anchor": "#0b7285",
    "--mantine-color-cyan-filled-hover": "#095c6b",
    "--mantine-color-cyan-light": "#e3fafc",
    "--mantine-color-cyan-light-hover": "#c5f6fa",
  },
  dark: {
    "--mantine-color-dimmed": "#b8b8b8",
    "--mantine-color-placeholder": "#a6a6a6",
    "--mantine-color-error": "#ff8787",
    "--mantine-color-anchor": "#66d9e8",
  },
});
