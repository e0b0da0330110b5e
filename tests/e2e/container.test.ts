import { spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { LoopbackDiscord } from 'loopback-discord';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { envText } from '../support/env-text.js';
import {
  AS_NOBODY,
  ASLEEP,
  eventually,
  IS_ROOT,
  launch,
  NOBODY,
  readJsonl,
  refuseViolations,
  REPOSITORY,
  TOKEN,
} from '../support/rig/index.js';
import type { BotProcess } from '../support/rig/index.js';

/** Root becomes nobody inside; anybody else needs a user namespace to be allowed a process namespace. */
const NAMESPACE: [string, ...string[]] = [
  'unshare',
  ...(IS_ROOT ? [] : ['--user', '--map-current-user']),
  '--pid',
  '--fork',
  '--mount-proc',
  '--kill-child',
];
/** Enters the namespaces of a process, as `docker exec` does. */
const ENTER = ['nsenter', ...(IS_ROOT ? [] : ['--user', '--preserve-credentials']), '--pid', '--mount'];

const permitted = run([...NAMESPACE, 'true']) === 0;
if (!permitted) {
  process.stderr.write(
    '\n⚠️  SKIPPED: this machine permits no process namespaces (unshare --pid), so the container test cannot run.\n\n',
  );
}

function run([file = '', ...args]: readonly string[]): number | null {
  return spawnSync(file, args, { stdio: 'ignore' }).status;
}

/** The command of the image, which must be in exec form: a shell in between would keep the signals. */
function commandOfImage(): string[] {
  const [, command = ''] =
    /^CMD (\[.*\])$/m.exec(readFileSync(path.join(REPOSITORY, 'Dockerfile'), 'utf8')) ?? [];
  return JSON.parse(command);
}

function statusOf(pid: number, field: string): string[] {
  const line = new RegExp(`^${field}:\\s*(.*)$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return line?.[1]?.split(/\s+/) ?? [];
}

describe.skipIf(!permitted)('the command of the image, as PID 1 of its container and not as root,', () => {
  let discord: LoopbackDiscord;
  let container: BotProcess;
  let directory: string;
  /** PID 1, as it is called outside. */
  let pid: number;

  beforeAll(async () => {
    discord = await LoopbackDiscord.start({ token: TOKEN });
    discord.world.addGuild('Home');
    directory = mkdtempSync(path.join(tmpdir(), 'container-'));
    if (IS_ROOT) chownSync(directory, NOBODY, NOBODY);
    save({});
    container = launch({
      // What the image calls /app.
      cwd: REPOSITORY,
      command: [...NAMESPACE, ...AS_NOBODY, ...commandOfImage()],
      env: {
        DISCORD_API_URL: discord.apiUrl,
        ENV_FILE: path.join(directory, '.env'),
      },
    });
    await discord.ready();
    pid = await eventually('the process in the namespace', () => {
      const children = readFileSync(`/proc/${container.pid}/task/${container.pid}/children`, 'utf8');
      return Number(children.trim()) || undefined;
    });
  });

  afterAll(async () => {
    await container.stop();
    await discord.stop();
    rmSync(directory, { recursive: true });
    await refuseViolations(discord);
  });

  function save(settings: Record<string, string>): void {
    // What the image keeps in directories of their own.
    const paths = {
      LOG_JSONL_PATH: path.join(directory, 'bot.jsonl'),
      MEMORY_DB_PATH: path.join(directory, 'memory.db'),
    };
    writeFileSync(
      path.join(directory, '.env'),
      envText({ DISCORD_TOKEN: TOKEN, ...paths, ...ASLEEP, ...settings }),
    );
  }

  it('is node itself', () => {
    expect(statusOf(pid, 'NSpid').at(-1)).toBe('1');
    expect(statusOf(pid, 'Name')).toEqual(['node']);
    expect(statusOf(pid, 'Uid')).not.toContain('0');
  });

  it.each(['a', 'and another'])("reloads on %s `sh -c 'kill -HUP 1'` from inside", async (activity) => {
    const since = container.mark();
    const shown = discord.waitFor('presence');
    save({ BOT_ACTIVITY: activity });
    expect(run([...ENTER, '--target', String(pid), ...AS_NOBODY, 'sh', '-c', 'kill -HUP 1'])).toBe(0);
    await container.waitForOutput('SIGHUP acknowledged: applied', { since });
    expect((await shown).activities).toMatchObject([{ name: activity }]);
    const reloads = readJsonl(path.join(directory, 'bot.jsonl')).filter(
      ({ event }) => event === 'config.reload',
    );
    expect(reloads.at(-1)).toMatchObject({ trigger: 'signal', outcome: 'applied' });
  });

  it('ends with 0 when the container is stopped', async () => {
    const left = discord.waitFor('disconnect');
    process.kill(pid, 'SIGTERM');
    expect(await container.exit).toEqual({ code: 0, signal: null });
    expect((await left).code).toBe(1000);
  });
});
