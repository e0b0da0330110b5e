import { checkConfig, type Environment, type Finding } from './config/index.js';
import type { Program } from './lib/command-line/command-line.js';
import { SHARD_KEYS, ShardPlanError, shardPlanOf } from './lib/gateway/shard-plan.js';
import { OWN_WORDS } from './lib/views/own-words.js';
import { rulesFor } from './rules.js';
import { settings } from './settings.js';

/** Keys that this bot reads from the process environment only. */
const ENVIRONMENT_ONLY = ['DISCORD_API_URL', 'ENV_FILE', ...SHARD_KEYS] as const;

/** The configuration file of a process with this environment. */
export function fileFor(environment: Environment): string {
  return environment['ENV_FILE'] || '.env';
}

/** What the bot's configuration is made from, whether it runs with it or only checks it. */
export function configurationFrom(environment: Environment, file: string) {
  return {
    settings,
    rules: rulesFor(file),
    file,
    environment,
    ownWords: OWN_WORDS,
    environmentOnly: ENVIRONMENT_ONLY,
  };
}

/** What the command line has to know of this bot. */
export function commandLineFor(processEnvironment: Environment): Pick<Program, 'check' | 'environmentOnly'> {
  return {
    environmentOnly: ENVIRONMENT_ONLY,
    async check({ file = fileFor(processEnvironment), mustExist, withEnvironment }, masker) {
      const environment = withEnvironment ? processEnvironment : {};
      const checked = await checkConfig({ ...configurationFrom(environment, file), masker, mustExist });
      const faults = environmentFaults(environment);
      if (faults.length === 0) return checked;
      return { ...checked, snapshot: null, findings: [...checked.findings, ...faults] };
    },
  };
}

/** What is wrong with keys that are no settings, because nothing can change them while the bot runs. */
export function environmentFaults(environment: Environment): readonly Finding[] {
  return [...apiUrlFaults(environment), ...shardFaults(environment)];
}

function apiUrlFaults({ DISCORD_API_URL }: Environment): readonly Finding[] {
  if (!DISCORD_API_URL || (/^https?:/i.test(DISCORD_API_URL) && URL.canParse(DISCORD_API_URL))) return [];
  return [faultOf('DISCORD_API_URL', 'expected an http or https URL (remedy: correct or unset it)')];
}

function shardFaults(environment: Environment): readonly Finding[] {
  try {
    shardPlanOf(environment);
    return [];
  } catch (error) {
    if (!(error instanceof ShardPlanError)) throw error;
    return [faultOf(error.key, error.words)];
  }
}

function faultOf(key: string, message: string): Finding {
  return {
    severity: 'error',
    kind: 'invalid-setting',
    source: 'environment',
    line: null,
    key,
    message,
    text: `environment ${key}: ${message}`,
  };
}
