#!/usr/bin/env python3
"""Signs an enrolment and sends it to Guildhall's lernito webhook. Needs Python 3.8 and nothing else.

    examples/sign-enrolment.py [--form raw|compact|spaced] [--timestamp] [--dry-run] URL SECRET [BODY]

BODY is a JSON file, or JSON itself; without it standard input is read.
"""
import argparse
import hashlib
import hmac
import json
import sys
import time
import urllib.error
import urllib.request


def sign(secret: str, *parts: bytes) -> str:
    return hmac.new(secret.encode(), b"".join(parts), hashlib.sha256).hexdigest()


def signed_text(form: str, body: bytes) -> bytes:
    """What the signature covers: the bytes that are sent, or the JSON printed again with sorted keys."""
    if form == "raw":
        return body
    separators = (",", ":") if form == "compact" else None
    return json.dumps(json.loads(body), sort_keys=True, separators=separators).encode()


def read_body(source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read()
    if source.startswith(("{", "[")):
        return source.encode()
    with open(source, "rb") as file:
        return file.read()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--form", choices=["raw", "compact", "spaced"], default="raw")
    parser.add_argument("--timestamp", action="store_true", help="add the header that stops replays")
    parser.add_argument("--dry-run", action="store_true", help="print the headers and send nothing")
    parser.add_argument("url")
    parser.add_argument("secret")
    parser.add_argument("body", nargs="?", default="-")
    options = parser.parse_args()

    body = read_body(options.body)
    headers = {"X-Lernito-Signature": sign(options.secret, signed_text(options.form, body))}
    if options.timestamp:
        now = str(int(time.time()))
        headers["X-Lernito-Timestamp"] = f"t={now},v1={sign(options.secret, now.encode(), b'.', body)}"
    if options.dry_run:
        print("\n".join(f"{name}: {value}" for name, value in headers.items()))
        return 0

    request = urllib.request.Request(
        options.url, data=body, headers={"Content-Type": "application/json", **headers}, method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            print(answer.read().decode())
            return 0
    except urllib.error.HTTPError as error:
        print(f"{error.code} {error.read().decode()}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
