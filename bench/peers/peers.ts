import { readFileSync } from 'node:fs';
import path from 'node:path';

import { loadConfig } from 'c12';
import { Load, Util } from 'config/lib/util.js';
import parser from 'config/parser.js';
import convict, { type Property } from 'convict';
import { parse } from 'dotenv';
import { bool, cleanEnv, num, str, url } from 'envalid';

import type { Contender } from '../timing/compare.js';
import { znvParser } from './znv.js';

/** Peers are compared on the work that all of them do: from the file on disk to every key with its value. */
export function peersFor(file: string): Contender[] {
  const keys = Object.keys(parse(readFileSync(file), { fast: true }));
  return [
    {
      name: 'dotenv.parse, default',
      run: () => parse(readFileSync(file)),
    },
    c12(file),
    nodeConfigLoad(file),
    convictLoad(file, keys),
    envalidClean(file, keys),
    znvParse(file, keys),
  ];
}

/** Nothing but the `.env`: no configuration file, no rc files, and an environment of its own. */
function c12(file: string): Contender {
  const cwd = path.dirname(file);
  return {
    name: 'c12 loadConfig',
    run: () =>
      loadConfig({
        cwd,
        configFile: 'none',
        rcFile: false,
        globalRc: false,
        packageJson: false,
        dotenv: { fileName: path.basename(file), env: {} },
      }),
  };
}

/** node-config has no `.env` parser, but accepts one. It makes its values immutable on the first read. */
function nodeConfigLoad(file: string): Contender {
  parser.setParser('env', (_name, text) => parse(text));
  return {
    name: 'node-config load',
    run: () => {
      const load = new Load({ configDir: path.dirname(file), nodeEnv: [], parser });
      load.loadFile(file);
      return Util.makeImmutable(load.config);
    },
  };
}

/** Every key is declared: settings with their format, the rest as strings. */
function convictLoad(file: string, keys: readonly string[]): Contender {
  convict.addParser({ extension: 'env', parse: (text) => parse(text) });
  const text: Property = { format: String, default: '' };
  const schema: Record<string, Property> = Object.fromEntries(keys.map((key) => [key, text]));
  schema['APP_TOKEN'] = { ...text, sensitive: true };
  schema['LOG_LEVEL'] = { format: ['debug', 'info', 'warn', 'error'], default: 'info' };
  schema['TIMEOUT_MS'] = { format: 'nat', default: 2000 };
  schema['REQUEST_LIMIT'] = { format: 'nat', default: 1000 };
  schema['DEBUG'] = { format: Boolean, default: false };
  schema['RETRIES'] = { format: 'nat', default: 3 };
  schema['WORKERS'] = { format: 'nat', default: 2 };
  return {
    name: 'convict load + validate',
    run: () => convict(schema, { env: {} }).loadFile(file).validate({ allowed: 'strict' }).getProperties(),
  };
}

function envalidClean(file: string, keys: readonly string[]): Contender {
  const specs = {
    ...Object.fromEntries(keys.map((key) => [key, str()])),
    API_BASE: url(),
    LOG_LEVEL: str({ choices: ['debug', 'info', 'warn', 'error'], default: 'info' }),
    TIMEOUT_MS: num({ default: 2000 }),
    REQUEST_LIMIT: num({ default: 1000 }),
    DEBUG: bool({ default: false }),
    RETRIES: num({ default: 3 }),
    WORKERS: num({ default: 2 }),
  };
  return {
    name: 'envalid cleanEnv',
    run: () => cleanEnv(parse(readFileSync(file)), specs),
  };
}

function znvParse(file: string, keys: readonly string[]): Contender {
  const parseEnv = znvParser(keys);
  return { name: 'znv parseEnv', run: () => parseEnv(parse(readFileSync(file))) };
}
