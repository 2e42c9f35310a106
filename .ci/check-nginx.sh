#!/usr/bin/env bash
# Renders docker/nginx's templates as the image's entry point does and asks nginx itself (`nginx -t`).
# Usage: .ci/check-nginx.sh [root]; exits 77 where there is no nginx.
set -euo pipefail
cd "${1:-$(dirname "$0")/..}"

nginx=$(command -v nginx || { [ -x /usr/sbin/nginx ] && echo /usr/sbin/nginx; }) || { echo 'nginx is not installed' >&2; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/conf.d"

export NGINX_PORT=8080 NGINX_BODY_LIMIT=2m NGINX_RESOLVER=127.0.0.11 NGINX_API=api:8000
for template in docker/nginx/templates/*.template; do
  rendered=$work/conf.d/$(basename "$template" .template)
  node -e '
    const { readFileSync, writeFileSync } = require("node:fs");
    const [from, to] = process.argv.slice(1);
    const text = readFileSync(from, "utf8").replace(/\$\{([A-Z_]+)\}/g, (whole, name) => process.env[name] ?? whole);
    const left = /^(?!\s*#).*\$\{[A-Z_]+\}/m.exec(text);
    if (left) throw new Error(`${from}: nobody fills in ${left[0].trim()}`);
    writeFileSync(to, text);
  ' "$template" "$rendered"
done
cat >"$work/nginx.conf" <<CONF
pid $work/pid;
error_log stderr;
events {}
http {
  client_body_temp_path $work/body; proxy_temp_path $work/proxy; fastcgi_temp_path $work/fastcgi;
  uwsgi_temp_path $work/uwsgi; scgi_temp_path $work/scgi;
  include $work/conf.d/*.conf;
}
CONF
"$nginx" -t -q -p "$work" -c "$work/nginx.conf"
echo "nginx -t: $(find "$work/conf.d" -name '*.conf' | wc -l) file(s) are right"
