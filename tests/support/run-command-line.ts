import { checkConfig } from '../../src/config/index.js';
import { configurationFrom } from '../../src/configuration.js';
import { runCommandLine } from '../../src/lib/command-line/command-line.js';

export const TOKEN_LINE = 'DISCORD_TOKEN=MTIzNDU2Nzg5MDEyMzQ1Njc4.AbCdEf.a-made-up-token-of-nobody-at-all\n';

export interface Answer {
  readonly code: number;
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
}

/** What the command line answers when the file of this bot has that text. */
export async function runOn(
  text: string,
  words: readonly string[],
  { environment = {}, file = '/srv/bot/.env' }: { environment?: Record<string, string>; file?: string } = {},
): Promise<Answer> {
  const written = { stdout: '', stderr: '' };
  const writer = (stream: keyof typeof written) => ({ write: (part: string) => (written[stream] += part) });
  const code = await runCommandLine(words, {
    stdout: writer('stdout'),
    stderr: writer('stderr'),
    environmentOnly: ['ENV_FILE'],
    check: ({ withEnvironment }, masker) =>
      checkConfig({ ...configurationFrom(withEnvironment ? environment : {}, file), masker, text }),
  });
  return { code, stdout: linesOf(written.stdout), stderr: linesOf(written.stderr) };
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}
