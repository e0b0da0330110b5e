import type { SettingDefinition, SettingDefinitions } from '../src/config/settings/definition.js';

/** The lines between which a page holds the settings table. */
const TABLE_START = '<!-- settings: made by `npm run docs` from src/settings.ts -->';
const TABLE_END = '<!-- /settings -->';

/** `.env.example`: every setting with its description; what has a default is commented out. */
export function renderEnvExample(settings: SettingDefinitions): string {
  const head = [
    '# Settings of the bot. Copy this file to .env, fill in what is required, and edit it while the bot runs.',
    '# Made by `npm run docs` from src/settings.ts.',
  ];
  const blocks = Object.entries(settings).map(([key, definition]) => renderSetting(key, definition));
  return [...head, ...blocks, ''].join('\n');
}

function renderSetting(key: string, definition: SettingDefinition): string {
  const comments = [definition.description, `Expects ${definition.expects}. ${notes(definition)}`];
  const lines = comments.flatMap(wrap).map((line) => `# ${line}\n`);
  const assignment = definition.default === undefined ? `${key}=` : `# ${key}=${definition.default}`;
  return `\n${lines.join('')}${assignment}`;
}

/** The settings as a Markdown table. */
function renderTable(settings: SettingDefinitions): string {
  const rows = Object.entries(settings).map(([key, definition]) => {
    const fallback =
      definition.default === undefined
        ? '**required**'
        : definition.default === ''
          ? '(empty)'
          : `\`${definition.default}\``;
    const effect = definition.takesEffect === 'restart' ? 'restart' : 'live';
    const secret = definition.secret === true ? ' 🔑' : '';
    return `| \`${key}\`${secret} | ${definition.description} Expects ${definition.expects}. | ${fallback} | ${effect} |`;
  });
  return ['| setting | what it does | default | takes effect |', '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

/** A page with its settings table replaced. */
export function renderSettingsPage(page: string, settings: SettingDefinitions): string {
  const start = page.indexOf(TABLE_START);
  const end = page.indexOf(TABLE_END);
  if (start === -1 || end < start)
    throw new Error(`the page lacks the lines ${TABLE_START} and ${TABLE_END}`);
  return `${page.slice(0, start)}${TABLE_START}\n\n${renderTable(settings)}\n\n${page.slice(end)}`;
}

function notes({ secret, takesEffect }: SettingDefinition): string {
  const effect = takesEffect === 'restart' ? 'A change needs a restart.' : 'A change takes effect at once.';
  return secret === true ? `Secret. ${effect}` : effect;
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
