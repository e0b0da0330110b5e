import { suggestionFor } from './suggestions.js';

/** The user who runs a command. */
export type Person = 'alice' | 'bob';

/** A parsed line of the prompt. */
export type PromptCommand =
  | { readonly kind: 'slash'; readonly as: Person; readonly command: string; readonly words: string }
  | { readonly kind: 'say'; readonly as: Person; readonly content: string }
  | { readonly kind: 'mention'; readonly as: Person; readonly name: string; readonly content: string }
  | { readonly kind: 'set'; readonly key: string; readonly value: string }
  | { readonly kind: 'unset'; readonly key: string }
  | { readonly kind: 'log'; readonly lines: number }
  | { readonly kind: 'help' | 'hup' | 'nothing' | 'quit' | 'show' | 'undo' }
  | { readonly kind: 'mistake'; readonly advice: string };

const DEFAULT_LOG_LINES = 20;

/** The users, by what the prompt calls them. */
export const PEOPLE: Readonly<Record<string, Person>> = {
  admin: 'alice',
  alice: 'alice',
  member: 'bob',
  bob: 'bob',
};

/** What a line may begin with. */
export const WORDS = ['as', 'help', 'hup', 'log', 'quit', 'say', 'set', 'show', 'undo', 'unset'];

/** Parses a line; `prefix` is what commands in messages start with, `slash` the commands to suggest. Never throws. */
export function parsePromptLine(line: string, prefix: string, slash: readonly string[] = []): PromptCommand {
  const text = line.trim();
  const [, word = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(text) ?? [];
  const bare = word.toLowerCase();
  switch (bare) {
    case '':
      return { kind: 'nothing' };
    case 'help':
    case 'hup':
    case 'quit':
    case 'show':
    case 'undo':
      return rest === '' ? { kind: bare } : mistake(`"${bare}" takes no arguments.`);
    case 'exit':
      return { kind: 'quit' };
    case 'as':
      return parseAs(rest, prefix);
    case 'say':
      return rest === '' ? mistake('For example: say hello') : { kind: 'say', as: 'alice', content: rest };
    case 'set':
      return parseSet(rest);
    case 'unset':
      return /^\S+$/.test(rest) ? { kind: 'unset', key: rest } : mistake('For example: unset BOT_ACTIVITY');
    case 'log':
      return /^\d{0,5}$/.test(rest)
        ? { kind: 'log', lines: rest === '' ? DEFAULT_LOG_LINES : Number(rest) }
        : mistake('For example: log 50');
    default:
      return parseDiscord(text, 'alice', prefix) ?? mistake(adviceFor(word, slash));
  }
}

function parseDiscord(text: string, as: Person, prefix: string): PromptCommand | undefined {
  const [, command, words = ''] = /^\/([\w-]+)\s*(.*)$/s.exec(text) ?? [];
  if (command !== undefined) return { kind: 'slash', as, command, words };
  const [, name, content = ''] = /^@(\S+)\s*(.*)$/s.exec(text) ?? [];
  if (name !== undefined) return { kind: 'mention', as, name, content };
  if (text.startsWith(prefix) || text.startsWith('!')) return { kind: 'say', as, content: text };
  return undefined;
}

function parseAs(rest: string, prefix: string): PromptCommand {
  const [, who = '', text = ''] = /^(\S+)\s*(.*)$/s.exec(rest) ?? [];
  const as = PEOPLE[who.toLowerCase()];
  if (as === undefined || text === '') return mistake('For example: as member /reload-config');
  const content = text.replace(/^say\s+/, '');
  return parseDiscord(content, as, prefix) ?? { kind: 'say', as, content };
}

function parseSet(rest: string): PromptCommand {
  const [, key, value = ''] = /^([^\s=]+)\s*=\s*(.*)$/s.exec(rest) ?? [];
  if (key === undefined) return mistake('For example: set BOT_ACTIVITY=a walk in the park');
  const [, , inner] = /^(["'`])(.*)\1$/s.exec(value) ?? [];
  return { kind: 'set', key, value: inner ?? value };
}

function adviceFor(word: string, slash: readonly string[]): string {
  if (/^[A-Z_][A-Z0-9_]*=/i.test(word)) return `To change the file: set ${word.split('=')[0] ?? ''}=…`;
  const meant = suggestionFor(word, slash);
  const near = suggestionFor(word, WORDS) ?? (meant === undefined ? undefined : `/${meant}`);
  return `Unknown command "${word}". ${near === undefined ? 'Type "help" for a list.' : `Did you mean "${near}"?`}`;
}

function mistake(advice: string): PromptCommand {
  return { kind: 'mistake', advice };
}
