import { register } from 'node:module';

import { assume } from 'loopback-kit';
import { z } from 'zod/v3';

/** The part of znv that is measured. Its own types are those of zod 3, which resolve to zod 4's here. */
interface Znv {
  readonly parseEnv: (
    environment: Readonly<Record<string, string>>,
    schemas: Readonly<Record<string, z.ZodTypeAny>>,
  ) => Readonly<Record<string, unknown>>;
}

register('./znv-resolve.mjs', import.meta.url);
const { parseEnv } = assume<Znv>(await import('znv'));

/** Every key is declared: the typed ones with their schema, the others as texts. */
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
