#!/usr/bin/env bash
# Envía una plantilla con un PDF en base64 · Sends a template with a PDF in base64
set -euo pipefail

# media@- : de la entrada, porque un argumento no puede ser tan largo como un archivo
# media@- : from the input, because an argument cannot be as long as a file
reply=$(
  base64 < "$RECADO_FILE" | tr -d '\n' |
    curl --silent --show-error --fail-with-body --max-time 60 \
      --data-urlencode "login=$RECADO_LOGIN" \
      --data-urlencode "token@"<(printf '%s' "$RECADO_TOKEN") \
      --data-urlencode "mobile=$RECADO_MOBILE" \
      --data-urlencode "id_template=$RECADO_TEMPLATE" \
      --data-urlencode "template_variables=$RECADO_VARIABLES" \
      --data-urlencode "media_name=factura-noviembre.pdf" \
      --data-urlencode "media@-" \
      "$RECADO_URL/bot/chat_wa/ws/send/"
) || { printf '%s\n' "$reply" >&2; exit 1; }

printf '%s\n' "$reply"
[[ $reply =~ \"code\":1[,}] ]]
