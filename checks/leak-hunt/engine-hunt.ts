import { baseFile, type BrokenFile, brokenQuotes } from './broken-quotes.js';
import { assignment, type Canaries, type Canary, type CanaryKind, KINDS } from './canaries.js';
import { ObservedEngine } from './observed-engine.js';
import type { Sinks } from './sinks.js';

/** A masker remembers many old secrets; a new engine every so often keeps the hunt fast. */
const FILES_PER_ENGINE = 100;

/** What the parts of a hunt share: the planted secrets, and the output to search. */
export interface Hunt {
  readonly canaries: Canaries;
  readonly sinks: Sinks;
}

/** Gives the engine files with a quote too many or too few, at every position. */
export async function huntBrokenQuotes(
  { canaries, sinks }: Hunt,
  choose: (all: readonly BrokenFile[]) => readonly BrokenFile[] = (all) => all,
): Promise<{ readonly files: number; readonly rejected: number }> {
  const position = 'after a broken quote';
  const { text } = baseFile(canaries);
  const files = choose([...brokenQuotes(text)]);
  let rejected = 0;
  for (let first = 0; first < files.length; first += FILES_PER_ENGINE) {
    const batch = files.slice(first, first + FILES_PER_ENGINE);
    await ObservedEngine.run({ text, sinks, position }, async (engine) => {
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

/** A way to put a secret into a file. */
interface Placement {
  readonly position: string;
  /** `null` if a secret of this kind cannot stand there. */
  readonly lines: (canary: Canary) => string | null;
}

/** Whether dotenv accepts the text as a key. */
const isKey = (text: string): boolean => /^[\w.-]+$/.test(text);
const isLine = (text: string): boolean => !text.includes('\n');

export const PLACEMENTS: readonly Placement[] = [
  { position: 'declared secret', lines: ({ text }) => assignment('OPENAI_API_KEY', text) },
  { position: 'extra with a revealing name', lines: ({ text }) => assignment('MY_SERVICE_SECRET', text) },
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
    // The declaration of the setting allows any text there that merely looks generated.
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
    position: 'malformed line: text after a quote',
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
    position: 'name of an unknown key, known secret',
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

/** A URL with the text in it, percent-encoded; `null` for a text that is a URL itself, or too long for one. */
function inUrl(key: string, text: string, before: string, after: string): string | null {
  return text.length > 2000 || text.includes('://')
    ? null
    : assignment(key, before + encodeURIComponent(text) + after);
}

/**
 * Puts every kind of secret in every position of a file, unless `fits` rules it out: at startup, added, rotated, in dry
 * runs, and removed.
 */
export async function huntPlacements(
  { canaries, sinks }: Hunt,
  fits: (position: string, kind: CanaryKind) => boolean = () => true,
): Promise<void> {
  for (const { position, lines } of PLACEMENTS) {
    for (const kind of KINDS)
      if (fits(position, kind)) await huntPlacement({ canaries, sinks }, position, kind, lines);
  }
}

async function huntPlacement(
  { canaries, sinks }: Hunt,
  position: string,
  kind: CanaryKind,
  lines: Placement['lines'],
): Promise<void> {
  const [first, second, third] = ['first', 'second', 'third'].map((which) => {
    const placed = lines(canaries.get(position, kind, which));
    return placed === null ? null : `${START}${placed}\n`;
  });
  if (!first || !second || !third) return;
  const typed = [canaries.get(position, kind, 'first').text, canaries.get(position, kind, 'second').text];

  await ObservedEngine.run({ text: START, sinks, position }, async (engine) => {
    await engine.commandLine(
      position,
      first,
      /^HARMLESS=/m.test(first) ? typed.slice(0, 1).filter(isLine) : [],
    );
    await engine.preview(position, first);
    await engine.refresh(position, first);
    engine.views(position);
    await engine.refresh(position, second);
    await engine.preview(position, third);
    await engine.refresh(position, START);
    engine.views(position, engine.live.current.entries.get('HARMLESS') === undefined ? [] : typed);
    engine.history(position);
  });
  await ObservedEngine.run({ text: first, sinks, position }, async (engine) => {
    engine.views(position);
    await engine.refresh(position, START);
    engine.history(position);
  });
}
