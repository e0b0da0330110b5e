import { parseArgs } from 'node:util';

/** What a person has asked for. */
export type Order =
  | { readonly verb: 'check'; readonly where: Where; readonly format: Format; readonly strict: boolean }
  | { readonly verb: 'print'; readonly where: Where; readonly json: boolean }
  | { readonly verb: 'explain'; readonly where: Where; readonly key: string }
  | { readonly verb: 'health'; readonly where: Where; readonly path: '/healthz' | '/readyz' }
  | { readonly verb: 'help' | 'version' };

/** Where the configuration is. */
export interface Where {
  /** `undefined` for the file that the bot would take. */
  readonly file: string | undefined;
  /** Whether the process environment counts, as it does for the bot. */
  readonly withEnvironment: boolean;
  /** Whether there has to be a file. The bot itself can do without, if nobody has named one. */
  readonly mustExist: boolean;
}

const FORMATS = ['human', 'json', 'github'] as const;

export type Format = (typeof FORMATS)[number];

/** The command line makes no sense; the message tells the person who typed it why. */
export class UsageError extends Error {}

const OPTIONS = {
  format: { type: 'string' },
  help: { type: 'boolean' },
  json: { type: 'boolean' },
  'no-env': { type: 'boolean' },
  ready: { type: 'boolean' },
  strict: { type: 'boolean' },
  version: { type: 'boolean' },
} as const;

type Option = keyof typeof OPTIONS;

/** Which options a verb takes, and how many words. */
const GRAMMAR = {
  check: { options: ['format', 'strict', 'no-env'], least: 0, most: 1 },
  print: { options: ['json', 'no-env'], least: 0, most: 1 },
  explain: { options: ['no-env'], least: 1, most: 2 },
  health: { options: ['ready'], least: 0, most: 1 },
} as const satisfies Record<string, { options: readonly Option[]; least: number; most: number }>;

/** @throws {UsageError} for everything that is not in the usage. */
export function parseOrder(words: readonly string[]): Order {
  const { values, positionals } = parsed(words);
  if (values.help === true) return { verb: 'help' };
  if (values.version === true) return { verb: 'version' };
  const [verb, ...rest] = positionals;
  if (verb === undefined) throw new UsageError('An option needs a command');
  if (verb === 'start') throw new UsageError('start takes no arguments');
  if (!isVerb(verb)) throw new UsageError('There is no such command');

  const { options, least, most } = GRAMMAR[verb];
  const strange = Object.keys(values).find((option) => !options.some((known) => known === option));
  if (strange !== undefined) throw new UsageError(`${verb} has no option --${strange}`);
  if (rest.length < least) throw new UsageError(`${verb} needs a KEY`);
  if (rest.length > most) throw new UsageError(`${verb} takes fewer arguments`);

  const withEnvironment = values['no-env'] !== true;
  const where = (file: string | undefined): Where => ({
    file,
    withEnvironment,
    mustExist: file !== undefined || !withEnvironment,
  });
  const [first, second] = rest;
  switch (verb) {
    case 'check': {
      const strict = values.strict === true;
      return { verb, where: where(first), format: formatOf(values.format), strict };
    }
    case 'print':
      return { verb, where: where(first), json: values.json === true };
    case 'health':
      return { verb, where: where(first), path: values.ready === true ? '/readyz' : '/healthz' };
    case 'explain':
      return { verb, where: where(second), key: first ?? '' };
  }
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function isVerb(word: string): word is keyof typeof GRAMMAR {
  return Object.hasOwn(GRAMMAR, word);
}

function formatOf(text: string | undefined): Format {
  const format = text === undefined ? 'human' : FORMATS.find((known) => known === text);
  if (format === undefined) throw new UsageError(`--format: expected ${FORMATS.join(', ')}`);
  return format;
}
