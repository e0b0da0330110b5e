// This file installs the signal handlers before anything else is even loaded: loading takes half a second, and a
// SIGHUP without a handler kills. So it imports only types; everything else comes by a dynamic import below.
import type { App } from './app.js';

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

// A terminal or a log collector that went away is no reason to end.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

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
