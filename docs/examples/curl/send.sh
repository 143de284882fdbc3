#!/usr/bin/env bash
# Envía una plantilla · Sends a template
set -euo pipefail

# token@… : lo que va en la línea de órdenes lo ven los demás usuarios de la máquina
# token@… : what stands on the command line is seen by the machine's other users
reply=$(
  curl --silent --show-error --fail-with-body --max-time 60 \
    --data-urlencode "login=$RECADO_LOGIN" \
    --data-urlencode "token@"<(printf '%s' "$RECADO_TOKEN") \
    --data-urlencode "mobile=$RECADO_MOBILE" \
    --data-urlencode "id_template=$RECADO_TEMPLATE" \
    --data-urlencode "template_variables=$RECADO_VARIABLES" \
    --data-urlencode "custom_field=pedido-1020" \
    "$RECADO_URL/bot/chat_wa/ws/send/"
) || { printf '%s\n' "$reply" >&2; exit 1; }

printf '%s\n' "$reply"
[[ $reply =~ \"code\":1[,}] ]]
