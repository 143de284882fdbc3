import { type MantineColorScheme, useMantineColorScheme } from "@mantine/core";

const round: Record<MantineColorScheme, MantineColorScheme> = {
  auto: "light",
  light: "dark",
  dark: "auto",
};

/** The reader's choice of theme, and the next one in the round: system, light, dark. */
export function useTheme() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return { theme: colorScheme, nextTheme: round[colorScheme], chooseTheme: setColorScheme };
}
