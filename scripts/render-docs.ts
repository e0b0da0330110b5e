import { type Definition, definitionsOf, type SettingSchemas } from '../src/config/index.js';

/** The lines between which a page holds the settings table. */
const TABLE_START = '<!-- settings: made by `npm run docs` from src/settings.ts -->';
const TABLE_END = '<!-- /settings -->';

/** `.env.example`: every setting with its description; what has a default is commented out. */
export function renderEnvExample(settings: SettingSchemas): string {
  const head = [
    '# Settings of the bot. Copy this file to .env, fill in what is required, and edit it while the bot runs.',
    '# Made by `npm run docs` from src/settings.ts.',
  ];
  const blocks = [...definitionsOf(settings).values()].map(renderSetting);
  return [...head, ...blocks, ''].join('\n');
}

function renderSetting(definition: Definition): string {
  const { key, fallback } = definition;
  const comments = [definition.description, `Expects ${definition.expects}. ${notes(definition)}`];
  const lines = comments.flatMap(wrap).map((line) => `# ${line}\n`);
  const assignment = fallback === null ? `${key}=` : `# ${key}=${fallback.text}`;
  return `\n${lines.join('')}${assignment}`;
}

/** The settings as a Markdown table. */
function renderTable(settings: SettingSchemas): string {
  const rows = [...definitionsOf(settings).values()].map((definition) => {
    const { key, fallback } = definition;
    const shown =
      fallback === null ? '**required**' : fallback.text === '' ? '(empty)' : `\`${fallback.text}\``;
    const effect = definition.takesEffect === 'restart' ? 'restart' : 'live';
    const secret = definition.secret ? ' 🔑' : '';
    return `| \`${key}\`${secret} | ${definition.description} Expects ${definition.expects}. | ${shown} | ${effect} |`;
  });
  return ['| setting | what it does | default | takes effect |', '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

/** A page with its settings table replaced. */
export function renderSettingsPage(page: string, settings: SettingSchemas): string {
  const start = page.indexOf(TABLE_START);
  const end = page.indexOf(TABLE_END);
  if (start === -1 || end < start)
    throw new Error(`the page lacks the lines ${TABLE_START} and ${TABLE_END}`);
  return `${page.slice(0, start)}${TABLE_START}\n\n${renderTable(settings)}\n\n${page.slice(end)}`;
}

function notes({ secret, takesEffect }: Definition): string {
  const effect = takesEffect === 'restart' ? 'A change needs a restart.' : 'A change takes effect at once.';
  return secret ? `Secret. ${effect}` : effect;
}

/** Lines of at most 96 characters. */
function wrap(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > 96) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
