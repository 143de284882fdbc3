"""Recibe webhooks · Receives webhooks (PORT, RECADO_WEBHOOK_SECRET)"""

import base64
import hashlib
import hmac
import json
import os
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = base64.b64decode(os.environ["RECADO_WEBHOOK_SECRET"].removeprefix("whsec_"), validate=True)
BODY_BYTES_MAX = 1_000_000

# En su sistema, una clave única de la base de datos · In your system, a unique key of the database
done: set[str] = set()


def is_signed(headers, body: bytes) -> bool:
    timestamp = headers.get("webhook-timestamp", "")
    if not timestamp.isascii() or not timestamp.isdigit():
        return False
    if abs(time.time() - int(timestamp)) > 300:
        return False
    content = f"{headers.get('webhook-id', '')}.{timestamp}.".encode() + body
    expected = b"v1," + base64.b64encode(hmac.digest(KEY, content, hashlib.sha256))
    signatures = headers.get("webhook-signature", "").encode().split(b" ")
    return any(hmac.compare_digest(expected, signature) for signature in signatures)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", "0"))
        body = self.rfile.read(length) if 0 <= length <= BODY_BYTES_MAX else b""
        if not is_signed(self.headers, body):
            return self.answer(401)
        webhook_id = self.headers["webhook-id"]
        if webhook_id not in done:
            event = json.loads(body)
            subject = event.get("messageId") or event.get("mobile")
            print(event.get("type2", "reply"), subject, flush=True)
            done.add(webhook_id)
        self.answer(204)

    def answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "9000"))), Receiver).serve_forever()
