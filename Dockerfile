# Playhead in a container. Build: docker build -t playhead .   Run: see deploy/compose.yaml.
# Debian, because the embedded ClickHouse needs glibc.

FROM node:24-bookworm-slim AS build
WORKDIR /src
COPY . .
RUN npm ci --no-audit --no-fund
RUN npm run build

FROM node:24-bookworm-slim AS modules
WORKDIR /app
COPY package.json package-lock.json ./
COPY packages/protocol/package.json packages/protocol/
COPY packages/engine/package.json packages/engine/
COPY packages/testing/package.json packages/testing/
COPY packages/dashboard/package.json packages/dashboard/
COPY packages/server/package.json packages/server/
# Only what the server needs to run: no compiler, no test tools.
RUN npm ci --no-audit --no-fund --omit=dev --workspace packages/server

FROM node:24-bookworm-slim
ENV NODE_ENV=production
ENV PLAYHEAD_HOST=0.0.0.0
ENV PLAYHEAD_DATA_DIR=/data
# Three eighths of the 4 GB that deploy/compose.yaml gives, in MiB; give both in this proportion. The rest is for ClickHouse and buffers.
ENV NODE_OPTIONS=--max-old-space-size=1536
WORKDIR /app
COPY --from=modules /app .
COPY --from=build /src/LICENSE .
COPY --from=build /src/packages/protocol/dist packages/protocol/dist
COPY --from=build /src/packages/engine/dist packages/engine/dist
COPY --from=build /src/packages/dashboard/dist packages/dashboard/dist
COPY --from=build /src/packages/server/dist packages/server/dist
COPY --from=build /src/packages/server/migrations packages/server/migrations
# A volume begins as a copy of what is there: it has to belong to the user.
RUN install -d -o 1000 -g 1000 -m 700 /data
VOLUME /data
# By number, so that an orchestrator sees that it is not root. It is `node`.
USER 1000:1000
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["node", "-e", "require('node:http' + (process.env.PLAYHEAD_TLS_CERT_FILE ? 's' : '')).get({ port: process.env.PLAYHEAD_PORT ?? 8080, path: '/healthz', rejectUnauthorized: false }, (answer) => process.exit(answer.statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))"]
# No shell in between: SIGTERM reaches the server, and `docker run playhead reprocess …` works.
ENTRYPOINT ["node", "packages/server/dist/main.js"]
