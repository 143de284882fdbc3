import type { CONSOLE_OPERATIONS } from "@recado/contract/console/operations";
import { queryOptions } from "@tanstack/react-query";
import { callConsole } from "./call.ts";

/** The account's official numbers with their health. */
export const numbersQuery = queryOptions({
  queryKey: ["numbers"],
  queryFn: ({ signal }) =>
    callConsole<typeof CONSOLE_OPERATIONS.listNumbers>({ method: "GET", path: "/numbers", signal }),
});
