/** Gives the reader a file of text, under a name that every system takes. */
export function saveFile(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name.replaceAll(/[\\/:*?"<>|]/gu, " ");
  link.click();
  URL.revokeObjectURL(url);
}
