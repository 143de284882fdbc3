"""Envía una plantilla con un PDF en base64 · Sends a template with a PDF in base64"""

import base64
import json
import os
import pathlib
import sys
import urllib.error
import urllib.parse
import urllib.request


def post(url: str, fields: dict[str, str]) -> dict:
    data = urllib.parse.urlencode(fields).encode()
    try:
        with urllib.request.urlopen(url, data, timeout=60) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        sys.exit(f"HTTP {error.code}: {error.read().decode()}")


file = pathlib.Path(os.environ["RECADO_FILE"])
reply = post(
    os.environ["RECADO_URL"] + "/bot/chat_wa/ws/send/",
    {
        "login": os.environ["RECADO_LOGIN"],
        "token": os.environ["RECADO_TOKEN"],
        "mobile": os.environ["RECADO_MOBILE"],
        "id_template": os.environ["RECADO_TEMPLATE"],
        "template_variables": os.environ["RECADO_VARIABLES"],
        "media": base64.b64encode(file.read_bytes()).decode(),
        "media_name": "factura-noviembre.pdf",
    },
)
print(json.dumps(reply, ensure_ascii=False))
sys.exit(0 if reply["code"] == 1 else 1)
