#!/usr/bin/env node
// This file installs the signal handlers before anything else is even loaded: loading takes half a second, and a
// SIGHUP without a handler kills. So it imports only types; everything else comes by a dynamic import below.
import type { App } from './app.js';

const words = process.argv.slice(2);

// A terminal or a log collector that went away is no reason to end.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

// Only these words start the bot. What merely answers keeps the signals' own effects: nobody waits for it.
if (words.length === 0 || (words.length === 1 && words[0] === 'start')) await start();
else process.exitCode = await answer();

async function start(): Promise<void> {
  let app: App | null = null;
  let earlyHangUps = 0;
  let shuttingDown = false;

  process.on('SIGHUP', () => {
    if (app === null) earlyHangUps++;
    else app.hangUp();
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      // The second time, or before there is anything to shut down.
      if (shuttingDown || app === null) process.exit(shuttingDown ? 1 : 0);
      shuttingDown = true;
      app.shutDown();
    });
  }

  await keepCompiledCode();
  const { startApp } = await import('./app.js');
  app = startApp({
    environment: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
    exit: (code) => process.exit(code),
  });
  process.on('uncaughtException', (error) => app?.crash(error));
  process.on('unhandledRejection', (error) => app?.crash(error));
  for (; earlyHangUps > 0; earlyHangUps--) app.hangUp();
}

async function answer(): Promise<number> {
  await keepCompiledCode();
  const [{ runCommandLine }, { commandLineFor }] = await Promise.all([
    import('./lib/command-line/command-line.js'),
    import('./configuration.js'),
  ]);
  return runCommandLine(words, {
    ...commandLineFor(process.env),
    stdout: process.stdout,
    stderr: process.stderr,
  });
}

async function keepCompiledCode(): Promise<void> {
  const { enableCompileCache } = await import('./compile-cache.js');
  enableCompileCache(process.env);
}
