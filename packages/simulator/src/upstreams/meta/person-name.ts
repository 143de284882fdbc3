const names = [
  "Ana",
  "Luis",
  "Marta",
  "Jorge",
  "Sofía",
  "Pedro",
  "Lucía",
  "Andrés",
  "Ñusta",
  "Íñigo",
];

/** A person's profile name: always the same for one telephone. */
export function nameOf(mobile: string): string {
  return names[Number(mobile.slice(-1))] ?? "Ana";
}
