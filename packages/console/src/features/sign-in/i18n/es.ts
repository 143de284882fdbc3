/** In Spanish. */
export const es = {
  title: "Entrar a Recado",
  login: "Usuario o correo",
  password: "Contraseña",
  enter: "Entrar",
};
