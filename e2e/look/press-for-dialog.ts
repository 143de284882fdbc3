import type { Visit } from "./place.ts";

/** Presses a button of that Spanish name and waits for the dialog that it opens. */
export const pressForDialog = (name: string) => async (visit: Visit) => {
  await visit.press(name);
  await awaitDialog(visit);
};

/** Until a dialog is there. */
export const awaitDialog = ({ page }: Visit) => page.getByRole("dialog").first().waitFor();
