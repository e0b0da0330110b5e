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
    ENV_FILE=/config/.env
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# /config is mounted as a directory: a mounted single file goes stale at the first rename-save.
RUN mkdir -p /config /app/logs /app/data && chown node:node /app/logs /app/data
VOLUME ["/app/logs", "/app/data"]
USER node
# Exec form: node is PID 1 and gets the signals itself. npm or a shell in between would swallow SIGHUP.
CMD ["node", "dist/main.js"]
