/** The word by which the policy of this page knows the styles that we add ourselves. */
export function readNonce(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  return meta?.nonce ?? "";
}

/** Hands the same word to the library that keeps the page still behind a dialog; it looks for it under this name. */
export function publishNonce(): void {
  Object.assign(globalThis, { __webpack_nonce__: readNonce() });
}
