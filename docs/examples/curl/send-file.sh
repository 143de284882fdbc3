#!/usr/bin/env bash
# Envía una plantilla con un archivo como parte del formulario · Sends a template with a file as a part of the form
set -euo pipefail

reply=$(
  curl --silent --show-error --fail-with-body --max-time 120 \
    --form-string "login=$RECADO_LOGIN" \
    --form "token=<"<(printf '%s' "$RECADO_TOKEN") \
    --form-string "mobile=$RECADO_MOBILE" \
    --form-string "id_template=$RECADO_TEMPLATE" \
    --form-string "template_variables=$RECADO_VARIABLES" \
    --form-string "media_name=factura-noviembre.pdf" \
    --form "media=@$RECADO_FILE" \
    "$RECADO_URL/bot/chat_wa/ws/send/"
) || { printf '%s\n' "$reply" >&2; exit 1; }

printf '%s\n' "$reply"
[[ $reply =~ \"code\":1[,}] ]]
