# The image holds the built bot and its production dependencies; configuration and logs live outside of it.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build && npm prune --omit=dev

FROM node:24-slim
ENV NODE_ENV=production \
    ENV_FILE=/config/.env \
    HTTP_LISTEN=9464
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# /config is mounted as a directory: a mounted single file goes stale at the first rename-save.
RUN mkdir -p /config /app/logs /app/data && chown node:node /app/logs /app/data
VOLUME ["/app/logs", "/app/data"]
USER node
# On loopback, unless the configuration says otherwise. Whether Discord is there is no matter of the container's health.
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s CMD ["node", "dist/main.js", "health"]
# Exec form: node is PID 1 and gets the signals itself. npm or a shell in between would swallow SIGHUP.
CMD ["node", "dist/main.js"]
