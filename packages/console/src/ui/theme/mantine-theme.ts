import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";
import parts from "./mantine-parts.module.css";

/** Cobalt, light to dark. What the page itself draws uses `tokens.css`; this is for Mantine's own filled parts. */
const accent: MantineColorsTuple = [
  "#eef3ff",
  "#dbe5fd",
  "#b5c8f8",
  "#8caaf3",
  "#6a8fee",
  "#4d79e8",
  "#2f5bd8",
  "#2750c3",
  "#2046ac",
  "#183a94",
];

/** Cool greys, light to dark; Mantine's own are warmer. */
const gray: MantineColorsTuple = [
  "#f7f8fa",
  "#f0f2f5",
  "#e7e9ee",
  "#d3d7de",
  "#b9bfc9",
  "#8a92a0",
  "#666e7d",
  "#4d5564",
  "#2f3540",
  "#171b22",
];
const dark: MantineColorsTuple = [
  "#e9ebef",
  "#abb2bf",
  "#8b93a1",
  "#6f7886",
  "#363d48",
  "#2a303a",
  "#1b1f26",
  "#111419",
  "#0c0e12",
  "#07080b",
];

const button = {
  "--button-height": "var(--control)",
  "--button-padding-x": "12px",
  "--button-fz": "var(--text)",
};
const pop = { shadow: "none", radius: "md", transitionProps: { duration: 90 } };
const field = { "--input-height": "var(--control)", "--input-fz": "var(--text)" };

/**
 * Mantine's parts in our measures, named and not imported, so that a page carries only those that it uses. Their colours are set by {@link resolveVariables}.
 */
export const mantineTheme = createTheme({
  colors: { accent, gray, dark },
  primaryColor: "accent",
  primaryShade: 6,
  fontFamily: "var(--font)",
  fontFamilyMonospace: "var(--mono)",
  defaultRadius: "sm",
  radius: { xs: "4px", sm: "6px", md: "8px", lg: "10px", xl: "14px" },
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "24px", xl: "32px" },
  headings: { fontWeight: "600" },
  focusRing: "auto",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Button: {
      defaultProps: { size: "sm" },
      classNames: { root: parts.button },
      vars: (_theme: unknown, { size }: { size?: unknown }) => ({
        root: size === "sm" ? button : {},
      }),
    },
    ActionIcon: {
      defaultProps: { variant: "subtle", color: "gray", size: "md" },
      classNames: { root: parts.iconButton },
      vars: (_theme: unknown, { size }: { size?: unknown }) => ({
        root: size === "md" ? { "--ai-size": "var(--control)" } : {},
      }),
    },
    Input: {
      classNames: { input: parts.input },
      vars: (_theme: unknown, { size }: { size?: unknown }) => ({
        wrapper: size === undefined || size === "sm" ? field : {},
      }),
    },
    // What is asked for is needed, and what is not says so: a star beside nearly everything says nothing.
    InputWrapper: {
      defaultProps: { withAsterisk: false },
      classNames: { label: parts.label, description: parts.hint, error: parts.fault },
    },
    Skeleton: { classNames: { root: parts.skeleton } },
    Checkbox: {
      defaultProps: { size: "xs", radius: "xs" },
      classNames: { input: parts.choice },
    },
    Radio: { classNames: { radio: parts.choice } },
    Switch: { defaultProps: { size: "sm" } },
    SegmentedControl: {
      defaultProps: { withItemsBorders: false },
      classNames: { root: parts.segments, indicator: parts.segment, label: parts.segmentLabel },
    },
    Menu: {
      defaultProps: { ...pop, position: "bottom-end", withInitialFocusPlaceholder: false },
      classNames: { dropdown: parts.pop, item: parts.menuItem, label: parts.menuLabel },
    },
    Popover: { defaultProps: pop, classNames: { dropdown: parts.pop } },
    Combobox: { defaultProps: pop, classNames: { dropdown: parts.pop, option: parts.menuItem } },
    Modal: {
      defaultProps: { centered: true, radius: "lg", transitionProps: { duration: 120 } },
      classNames: {
        content: parts.dialog,
        title: parts.dialogTitle,
        header: parts.dialogHead,
        body: parts.dialogBody,
        overlay: parts.veil,
      },
    },
    Drawer: {
      defaultProps: { transitionProps: { duration: 160 } },
      classNames: {
        content: parts.drawer,
        title: parts.dialogTitle,
        header: parts.dialogHead,
        body: parts.dialogBody,
        overlay: parts.veil,
      },
    },
    Tooltip: {
      defaultProps: {
        openDelay: 350,
        transitionProps: { duration: 90 },
        events: { hover: true, focus: true, touch: false },
      },
      classNames: { tooltip: parts.tooltip },
    },
  },
});

/** Mantine has reds of its own for each scheme, which would go before ours. */
const reds = {
  "--mantine-color-red-filled": "var(--bad-fill)",
  "--mantine-color-red-filled-hover": "color-mix(in srgb, var(--bad-fill) 88%, black)",
  "--mantine-color-red-text": "var(--bad)",
  "--mantine-color-red-light": "var(--bad-soft)",
  "--mantine-color-red-light-color": "var(--bad)",
};

/** Makes Mantine's variables speak our tokens, so that a theme is changed in `tokens.css` alone. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {
    "--mantine-color-body": "var(--bg)",
    "--mantine-color-text": "var(--ink)",
    "--mantine-color-dimmed": "var(--ink-3)",
    "--mantine-color-placeholder": "var(--ink-3)",
    "--mantine-color-anchor": "var(--accent-ink)",
    "--mantine-color-default": "var(--bg-field)",
    "--mantine-color-default-hover": "var(--bg-hover)",
    "--mantine-color-default-color": "var(--ink)",
    "--mantine-color-default-border": "var(--line-field)",
    "--mantine-color-error": "var(--bad)",
    "--mantine-color-disabled": "var(--mute-soft)",
    "--mantine-color-disabled-color": "var(--ink-3)",
    "--mantine-color-disabled-border": "var(--line)",
    "--mantine-primary-color-filled": "var(--accent)",
    "--mantine-primary-color-filled-hover": "var(--accent-hover)",
    "--mantine-color-accent-filled": "var(--accent)",
    "--mantine-color-accent-filled-hover": "var(--accent-hover)",
    "--mantine-color-accent-light": "var(--accent-soft)",
    "--mantine-color-accent-light-hover": "var(--bg-chosen)",
    "--mantine-color-accent-light-color": "var(--accent-ink)",
    "--mantine-color-accent-text": "var(--accent-ink)",
    "--mantine-color-accent-outline": "var(--accent-ink)",
    "--mantine-color-gray-light-hover": "var(--bg-hover)",
    "--mantine-color-gray-light-color": "var(--ink-2)",
    "--mantine-color-gray-text": "var(--ink-2)",
  },
  light: reds,
  dark: reds,
});
