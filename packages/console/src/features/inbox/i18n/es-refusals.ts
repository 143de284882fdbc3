/** Por qué una plantilla no se puede enviar. */
export const esRefusals = {
  no_price: "No hay precio para el país de esta persona.",
  category_guard: "WhatsApp la encareció y quedó detenida.",
  opted_out: "La persona no quiere recibir mercadeo.",
  insufficient_balance: "El saldo no alcanza para enviarla.",
  number_hidden: "La persona oculta su número: esta plantilla no se le puede enviar.",
  other: "No se puede enviar ahora.",
};
