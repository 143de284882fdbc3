/** The parts of the operators' page, as they stand in its address; the first one is shown without. */
export const operatorTabs = [
  "cuentas",
  "revendedores",
  "numeros",
  "precios",
  "margen",
  "estado",
] as const;

/** One of {@link operatorTabs}. */
export type OperatorTab = (typeof operatorTabs)[number];

/** What is the operator's alone, and no reseller's. */
export const operatorsAlone: ReadonlySet<OperatorTab> = new Set(["estado"]);
