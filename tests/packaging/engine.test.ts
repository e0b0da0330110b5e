import { type ChildProcess, execFileSync, fork, spawnSync } from 'node:child_process';
import { on, once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { codeBlock } from '../docs/guide.js';

const REPOSITORY = path.join(import.meta.dirname, '../..');

/** All that the project has besides the engine: neither discord.js nor Sapphire. */
const INSTALLED = ['zod', 'dotenv', 'fastest-levenshtein', 'typescript', '@types/node'];

const EXAMPLE = codeBlock('docs/engine.md', 'example', 'engine');

/** Goes below the example, and does there what the test asks for. */
const DRIVER = `
const end = config.on(['PORT', 'GREETING'], ({ current, previous, changed }) => {
  process.send?.({ told: [...changed], port: current.settings.PORT, previous: previous.settings.PORT });
});
const stopped = new Promise<void>((resolve) => {
  process.on('message', async (command) => {
    if (command === 'mirror') process.send?.({ mirror: process.env['PORT'] });
    if (command === 'end') end();
    if (command === 'refresh') process.send?.(await config.refresh({ kind: 'http', who: 'a test' }));
    if (command === 'stop') resolve();
  });
});
process.send?.({ settings: config.settings, frozen: Object.isFrozen(config.settings) });
await stopped;
process.disconnect();
`;

const FIRST = 'PORT=8081\nAPI_KEY=made-up-key-of-the-shop\nREGIONS=eu,us\n';
const SECOND = 'PORT=8082\nAPI_KEY=the-next-made-up-key\nGREETING="hello the-next-made-up-key"\n';
const THIRD = SECOND.replace('8082', '8083');

describe('the packed engine, in a project that has nothing else of the bot', () => {
  let project: string;

  const write = (file: string, content: string): void => {
    writeFileSync(path.join(project, file), content, { mode: 0o600 });
  };

  beforeAll(() => {
    project = mkdtempSync(path.join(tmpdir(), 'live-config-project-'));
    const modules = path.join(project, 'node_modules');
    const engine = path.join(modules, 'live-config-bot');
    mkdirSync(path.join(modules, '@types'), { recursive: true });
    mkdirSync(engine);
    for (const name of INSTALLED) {
      symlinkSync(path.join(REPOSITORY, 'node_modules', name), path.join(modules, name));
    }
    execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', project], {
      cwd: REPOSITORY,
    });
    execFileSync('sh', ['-c', 'tar -xzf live-config-bot-*.tgz --strip-components=1 -C "$0"', engine], {
      cwd: project,
    });
    write('package.json', '{ "type": "module" }');
  });

  afterAll(() => {
    rmSync(project, { recursive: true, force: true });
  });

  /** Compiles a program as a strict project would; the types of the engine are checked as well. */
  function compile(file: string, program: string): { status: number | null; output: string } {
    write(file, program);
    const compilerOptions = { strict: true, module: 'nodenext', target: 'es2023', types: ['node'] };
    write('tsconfig.json', JSON.stringify({ compilerOptions, files: [file] }));
    const tsc = path.join(project, 'node_modules/typescript/bin/tsc');
    const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', '.'], {
      cwd: project,
      encoding: 'utf8',
    });
    return { status, output: stdout };
  }

  function run(file: string): ChildProcess {
    const { PATH } = process.env;
    const child = fork(path.join(project, file), { cwd: project, env: { PATH }, silent: true });
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    return child;
  }

  it('has a program that checks a file although nothing of the bot is installed', () => {
    write('.env', 'DISCORD_TOKEN=a.made-up.token-of-nobody\nLOG_LEVEL=loud\n');
    const installed = path.join(project, 'node_modules/live-config-bot');
    const { bin }: { bin: Record<string, string> } = JSON.parse(
      readFileSync(path.join(installed, 'package.json'), 'utf8'),
    );
    const { PATH } = process.env;
    const program = path.join(installed, bin['live-config-bot'] ?? '');
    // npm makes it executable, and puts a link to it in the path.
    chmodSync(program, 0o755);
    const { status, stdout } = spawnSync(program, ['check'], {
      cwd: project,
      env: { PATH },
      encoding: 'utf8',
    });
    expect(stdout).toContain('• .env:2 LOG_LEVEL: expected one of');
    expect(status).toBe(78);
  });

  it('starts nothing when a program imports it', () => {
    write('importing.js', "await import('live-config-bot');\n");
    const { status, stderr } = spawnSync(process.execPath, ['importing.js'], {
      cwd: project,
      encoding: 'utf8',
    });
    expect(stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
    expect(status).toBe(1);
  });

  it('compiles and runs the example of its page to the letter, and lets go of the process', async () => {
    expect(compile('example.ts', EXAMPLE)).toEqual({ status: 0, output: '' });
    write('.env', FIRST);
    const child = run('example.js');
    const [output, errors, [code]] = await Promise.all([
      text(child.stdout ?? Readable.from([])),
      text(child.stderr ?? Readable.from([])),
      once(child, 'exit'),
    ]);
    expect(errors).toBe('');
    expect(output).toMatch(/^Configuration loaded from \.env \[version: [\da-f]{12}\]\n/);
    expect(output).not.toContain('made-up-key');
    expect(code).toBe(0);
  });

  it('watches, mirrors, masks, tells subscribers, and stops telling them', async () => {
    expect(compile('driven.ts', EXAMPLE + DRIVER)).toEqual({ status: 0, output: '' });
    write('.env', FIRST);
    const child = run('driven.js');
    const output = text(child.stdout ?? Readable.from([]));
    const messages = on(child, 'message');
    const next = async (): Promise<unknown> => (await messages.next()).value[0];
    const ask = (command: string): Promise<unknown> => {
      child.send(command);
      return next();
    };

    expect(await next()).toEqual({
      settings: { PORT: 8081, API_KEY: 'made-up-key-of-the-shop', REGIONS: ['eu', 'us'] },
      frozen: true,
    });
    expect(await ask('mirror')).toEqual({ mirror: '8081' });

    write('.env', SECOND);
    expect(await next()).toEqual({ told: ['PORT', 'GREETING'], port: 8082, previous: 8081 });
    expect(await ask('mirror')).toEqual({ mirror: '8082' });

    child.send('end');
    write('.env', THIRD);
    // The next thing it says is the outcome: the subscriber is told no more.
    expect(await ask('refresh')).toMatchObject({
      kind: 'applied',
      triggers: [{ kind: 'http', who: 'a test' }],
      diff: { modified: [{ key: 'PORT', before: '8082', after: '8083' }] },
    });
    child.send('stop');
    expect(await once(child, 'exit')).toEqual([0, null]);

    const logged = await output;
    expect(logged).toContain('🔄 Modified: PORT = 8081 → 8082');
    expect(logged).toContain("➕ Added: {'GREETING': 'hello [hidden]'}");
    expect(logged).toContain('🔄 Modified: API_KEY = [hidden] → [hidden]');
    expect(logged).not.toContain('made-up-key');
  });

  it('refuses a schema that cannot read a text, with a sentence', () => {
    const { status, output } = compile(
      'wrong.ts',
      `import { z } from 'zod';
       import { LiveConfig } from 'live-config-bot/config';
       await LiveConfig.load({
         file: '.env',
         settings: {
           NUMBER: z.number(),
           DATE: z.date(),
           LIST: z.array(z.string()),
           FLAG: z.boolean().default(true),
           FINE: z.coerce.date().meta({ secret: 'yes' }),
         },
       });`,
    );
    expect(status).not.toBe(0);
    for (const key of ['NUMBER', 'DATE', 'LIST', 'FLAG']) {
      expect(output).toContain(
        `${key} is read from a text: use a schema that takes a string, such as z.coerce.number() or z.stringbool()`,
      );
    }
    expect(output).not.toContain('FINE is read');
    expect(output).toContain("Type 'string' is not assignable to type 'boolean | undefined'");
  });
});
