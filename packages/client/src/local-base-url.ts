/** The address of a Recado that runs on this machine as its README says. */
export const LOCAL_BASE_URL = "http://127.0.0.1:8080";
