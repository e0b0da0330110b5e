# The image holds the bundled bot and the native database; configuration and logs live outside of it.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY scripts/bundle ./scripts/bundle
COPY src ./src
RUN npm run build

FROM node:24-slim
ENV NODE_ENV=production \
    NODE_COMPILE_CACHE=/app/cache \
    ENV_FILE=/config/.env \
    HTTP_LISTEN=9464
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules/libsql ./node_modules/libsql
COPY --from=build /app/node_modules/@libsql ./node_modules/@libsql
COPY --from=build /app/node_modules/@neon-rs ./node_modules/@neon-rs
COPY --from=build /app/node_modules/detect-libc ./node_modules/detect-libc
COPY --from=build /app/dist ./dist
# /config is mounted as a directory: a mounted single file goes stale at the first rename-save.
RUN mkdir -p /config /app/logs /app/data /app/cache && chown node:node /app/logs /app/data /app/cache
VOLUME ["/app/logs", "/app/data"]
USER node
# Fills Node's compile cache: without a configuration the bot loads all its code, and refuses to start with 78.
RUN node dist/main.js || test $? -eq 78
# On loopback, unless the configuration says otherwise. Whether Discord is there is no matter of the container's health.
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s CMD ["node", "dist/main.js", "health"]
# Exec form: node is PID 1 and gets the signals itself. npm or a shell in between would swallow SIGHUP.
CMD ["node", "dist/main.js"]
