#!/usr/bin/env bash
# Comprueba a mano la firma de un webhook · Checks the signature of a webhook by hand
#   verify-webhook.sh <webhook-id> <webhook-timestamp> <webhook-signature> < cuerpo·body
set -euo pipefail

id=$1 timestamp=$2 signatures=$3
[[ $timestamp =~ ^[1-9][0-9]{0,11}$ ]] || { echo "timestamp?" >&2; exit 1; }
age=$(($(date +%s) - timestamp))
((age >= -300 && age <= 300)) || { echo "demasiado viejo · too old" >&2; exit 1; }

key=$(printf '%s' "${RECADO_WEBHOOK_SECRET#whsec_}" | base64 -d | od -An -v -tx1 | tr -d ' \n')
expected=$(
  { printf '%s.%s.' "$id" "$timestamp"; cat; } |
    openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64
)
for signature in $signatures; do
  [[ $signature == "v1,$expected" ]] && echo "válida · valid" && exit 0
done
echo "no es válida · not valid" >&2
exit 1
