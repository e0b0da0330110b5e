import { register } from 'node:module';

import { z } from 'zod/v3';

// The hook has to be in place before znv is imported.
register('./znv-resolve.mjs', import.meta.url);
const { parseEnv } = await import('znv');

/** Every key is declared: settings with their schema, the rest as strings. */
export function znvParser(
  keys: readonly string[],
): (environment: Readonly<Record<string, string>>) => Readonly<Record<string, unknown>> {
  const schemas = {
    ...Object.fromEntries(keys.map((key) => [key, z.string()])),
    API_BASE: z.string().url(),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
    TIMEOUT_MS: z.number().int().min(0).max(60_000).default(2000),
    REQUEST_LIMIT: z.number().int().min(0).max(1_000_000_000).default(1000),
    DEBUG: z.boolean().default(false),
    RETRIES: z.number().int().min(0).max(10).default(3),
    WORKERS: z.number().int().min(1).max(64).default(2),
  };
  return (environment) => parseEnv(environment, schemas);
}
