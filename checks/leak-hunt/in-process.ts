import { baseFile, type BrokenFile, brokenQuotes } from './base-file.js';
import { assignment, type Aviary, type Canary, type CanaryKind, KINDS } from './canaries.js';
import { Engine } from './engine.js';
import type { Sinks } from './sinks.js';

/** A masker remembers every secret it was ever told: each so many broken files get a new one. */
const FILES_PER_ENGINE = 100;

/** Where the canaries are made, and where it is taken down what comes out. */
export interface Hunt {
  readonly aviary: Aviary;
  readonly sinks: Sinks;
}

/** A file with one quote too many or too few, at every position; returns how many files that were. */
export async function huntBrokenQuotes(
  { aviary, sinks }: Hunt,
  choose: (all: readonly BrokenFile[]) => readonly BrokenFile[] = (all) => all,
): Promise<{ readonly files: number; readonly rejected: number }> {
  const position = 'behind a broken quote';
  const { text } = baseFile(aviary);
  const files = choose([...brokenQuotes(text)]);
  let rejected = 0;
  for (let first = 0; first < files.length; first += FILES_PER_ENGINE) {
    const batch = files.slice(first, first + FILES_PER_ENGINE);
    await Engine.run({ text, sinks, position }, async (engine) => {
      for (const broken of batch) {
        const { kind } = await engine.refresh(position, broken.text);
        if (kind === 'rejected') rejected++;
        else engine.views(position);
      }
      engine.history(position);
    });
  }
  return { files: files.length, rejected };
}

const START = 'DISCORD_TOKEN=x.y.z\n';

/** One way to put a secret into a file; `null` when a secret of this kind cannot stand there. */
interface Placement {
  readonly position: string;
  readonly lines: (canary: Canary) => string | null;
}

/** Whether a text can be a key: dotenv takes no other characters. */
const isKey = (text: string): boolean => /^[\w.-]+$/.test(text);
const isLine = (text: string): boolean => !text.includes('\n');

export const PLACEMENTS: readonly Placement[] = [
  { position: 'declared secret', lines: ({ text }) => assignment('OPENAI_API_KEY', text) },
  { position: 'extra with a telling name', lines: ({ text }) => assignment('MY_SERVICE_SECRET', text) },
  {
    position: 'extra with a harmless name',
    lines: ({ text, shaped }) => (shaped ? assignment('HARMLESS', text) : null),
  },
  {
    position: 'user of a URL setting',
    lines: ({ text }) => inUrl('OPENAI_API_BASE', text, 'https://', '@m.example/v1'),
  },
  {
    position: 'password in a URL setting',
    lines: ({ text }) => inUrl('OLLAMA_BASE_URL', text, 'https://user:', '@m.example'),
  },
  {
    position: 'query of a URL setting',
    lines: ({ text }) => inUrl('TTS_API_BASE', text, 'https://m.example/v1?v=2&token=', '&region=eu'),
  },
  {
    position: 'fragment of a URL setting',
    lines: ({ text }) => inUrl('OPENAI_API_BASE', text, 'https://m.example/v1#access_token=', '&type=bearer'),
  },
  {
    position: 'value of a setting that is no secret',
    // Whoever declared the setting decided that any generated text may stand there.
    lines: ({ kind, text, shaped }) =>
      shaped && kind !== 'generated key' ? assignment('BOT_ACTIVITY', text) : null,
  },
  {
    position: 'invalid setting',
    lines: ({ text }) =>
      ['LOG_LEVEL', 'TIMEOUT', 'OWNER_IDS', 'DEBUG'].map((key) => assignment(key, text)).join('\n'),
  },
  { position: 'malformed line: no =', lines: ({ text }) => text },
  { position: 'malformed line: words', lines: ({ text }) => `the secret is ${text}` },
  { position: 'malformed line: invalid key', lines: ({ text }) => `MY KEY=${text}` },
  { position: 'malformed line: value as key', lines: ({ text }) => (isKey(text) ? null : `${text} = yes`) },
  {
    position: 'malformed line: open quote',
    lines: ({ text }) => (isLine(text) ? `AN_ENTRY="${text}` : null),
  },
  {
    position: 'malformed line: after a quote',
    lines: ({ text }) => (isLine(text) ? `AN_ENTRY="a" ${text}` : null),
  },
  { position: 'malformed line: next line', lines: ({ text }) => `AN_ENTRY=\n"${text}"` },
  { position: 'malformed line: NUL', lines: ({ text }) => `AN_ENTRY=\0${text}` },
  {
    position: 'malformed line: duplicate',
    lines: ({ text }) => `AN_ENTRY=1\n${assignment('AN_ENTRY', text)}`,
  },
  {
    position: 'name of an unknown key',
    lines: ({ text, shaped }) => (shaped && isKey(text) ? `${text}=1` : null),
  },
  {
    position: 'name of an unknown key, known',
    lines: ({ text }) => (isKey(text) ? `OPENAI_API_KEY=${text}\n${text}=1\nLOG_LVL_${text}=1` : null),
  },
  {
    position: 'value that holds another secret',
    lines: ({ text }) => {
      const around = `the key is ${text}, so`;
      return isLine(text)
        ? `${assignment('OPENAI_API_KEY', text)}\n${assignment('BOT_ACTIVITY', around)}`
        : null;
    },
  },
  {
    position: 'value that equals another secret',
    lines: ({ text }) =>
      ['OPENAI_API_KEY', 'BOT_ACTIVITY', 'HARMLESS'].map((key) => assignment(key, text)).join('\n'),
  },
  {
    position: 'part of another secret',
    lines: ({ text }) => {
      const around = `before-${text}-after`;
      return [
        assignment('OPENAI_API_KEY', text),
        assignment('MY_SERVICE_SECRET', around),
        assignment('HARMLESS', `[${around}] and ${text}`),
      ].join('\n');
    },
  },
  {
    position: 'comment',
    lines: ({ text }) =>
      text
        .split('\n')
        .map((line) => `# ${line}`)
        .join('\n'),
  },
];

/** A URL that holds the text, as a URL must write it; nothing for a text that is a URL, or longer than any URL. */
function inUrl(key: string, text: string, before: string, after: string): string | null {
  return text.length > 2000 || text.includes('://')
    ? null
    : assignment(key, before + encodeURIComponent(text) + after);
}

/**
 * Every kind of secret in every position of a file, unless `fits` leaves it out: at the start, added, rotated, tried
 * and taken away.
 */
export async function huntPlacements(
  { aviary, sinks }: Hunt,
  fits: (position: string, kind: CanaryKind) => boolean = () => true,
): Promise<void> {
  for (const { position, lines } of PLACEMENTS) {
    for (const kind of KINDS)
      if (fits(position, kind)) await huntPlacement({ aviary, sinks }, position, kind, lines);
  }
}

async function huntPlacement(
  { aviary, sinks }: Hunt,
  position: string,
  kind: CanaryKind,
  lines: Placement['lines'],
): Promise<void> {
  const [first, second, third] = ['first', 'second', 'third'].map((which) => {
    const placed = lines(aviary.canary(position, kind, which));
    return placed === null ? null : `${START}${placed}\n`;
  });
  if (!first || !second || !third) return;
  const typed = [aviary.canary(position, kind, 'first').text, aviary.canary(position, kind, 'second').text];

  await Engine.run({ text: START, sinks, position }, async (engine) => {
    for (const dryRun of [true, false]) await engine.refresh(position, first, dryRun);
    engine.views(position);
    await engine.refresh(position, second);
    await engine.refresh(position, third, true);
    await engine.refresh(position, START);
    engine.views(position, engine.live.current.entries.get('HARMLESS') === undefined ? [] : typed);
    engine.history(position);
  });
  await Engine.run({ text: first, sinks, position }, async (engine) => {
    engine.views(position);
    await engine.refresh(position, START);
    engine.history(position);
  });
}
