/** In Spanish. */
export const es = {
  title: "Entre a su cuenta",
  about: "Con el usuario o el correo con que lo invitaron.",
  login: "Usuario o correo",
  password: "Contraseña",
  showPassword: "Mostrar u ocultar la contraseña",
  enter: "Entrar",
  forgot: "¿Olvidó su contraseña? Pídale un enlace nuevo a quien administra su cuenta.",
  codeTitle: "Verifique que es usted",
  codeAbout: "Escriba los seis dígitos que muestra su aplicación de autenticación.",
  code: "Código",
  recoveryAbout:
    "Escriba uno de los códigos que guardó al activar la verificación. Cada uno sirve una vez.",
  recoveryCode: "Código de recuperación",
  continue: "Continuar",
  useRecovery: "Usar un código de recuperación",
  useCode: "Usar la aplicación",
  otherPerson: "Entrar como otra persona",
  linkTitle: "Su enlace",
  invitationTitle: "Hola, {{name}}",
  invitationAbout:
    "Lo invitaron a {{account}}. Su usuario es {{login}}. Elija una contraseña para empezar.",
  resetTitle: "Una contraseña nueva",
  resetAbout: "Para {{login}}, de {{account}}. Al guardarla se cierran sus demás sesiones.",
  newPassword: "Contraseña nueva",
  setPassword: "Guardar contraseña",
  passwordSet: "Contraseña guardada. Ya puede entrar.",
};
