#!/usr/bin/env bash
# Consulta el saldo · Asks for the balance
set -euo pipefail

curl --silent --show-error --fail-with-body --max-time 30 \
  --data-urlencode "login=$RECADO_LOGIN" \
  --data-urlencode "token@"<(printf '%s' "$RECADO_TOKEN") \
  "$RECADO_URL/bot/chat_wa/ws/balance/"
