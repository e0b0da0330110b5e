import { setKey } from '../../tests/support/env-text.js';
import { presenceText } from '../discord-view.js';
import { newPassword, newToken } from '../sample-env.js';
import type { Stage } from '../stage.js';
import type { Step } from '../step.js';

/** What the bot withstands, and what it never shows. */
export const guardingSteps: readonly Step[] = [
  { title: 'Ordinary members are refused', run: refusal },
  { title: 'A draft is checked before it counts', run: draft },
  { title: 'A malformed file is rejected', run: malformed },
  { title: 'Secrets are rotated and never shown', run: rotation },
];

async function refusal(stage: Stage): Promise<void> {
  const { bob } = stage;
  stage.narrator.tell(
    'bob, an ordinary member, tries both ways. (Discord would not even offer him the slash command; it is sent ' +
      'anyway.)',
  );
  const before = stage.reloads().length;
  const slash = await stage.slash(bob, 'reload-config', { force: true });
  const prefix = await stage.say(bob, '?reload-config');
  stage.holds('the slash command is refused', slash.text, '🚫');
  stage.holds('the message is refused', prefix, '🚫');
  stage.equal('nothing was reloaded', `${stage.reloads().length - before} reloads`, '0 reloads');
}

async function draft(stage: Stage): Promise<void> {
  stage.narrator.tell(
    'Write a draft beside the file, and ask what the bot would make of it. This runs no bot, so a hook or a workflow ' +
      'can ask, too.',
  );
  const text = setKey(setKey(await stage.text(), 'MAX_USER_MEMORY', 'lots'), 'BOT_ACTIVTY', 'go');
  const { code, lines } = await stage.check('draft.env', text);
  stage.holds('it names the fault, with its line', lines.join('\n'), /^• draft\.env:16 MAX_USER_MEMORY: /m);
  stage.holds('it knows what a misspelt key was meant to be', lines.join('\n'), 'did you mean BOT_ACTIVITY?');
  stage.equal('a script can tell by the exit code', `exit code ${String(code)}`, 'exit code 78');
}

async function malformed(stage: Stage): Promise<void> {
  const { alice, discord } = stage;
  stage.narrator.tell('Save a file with three mistakes. alice reloads.');
  const good = await stage.text();
  const version = stage.version();
  const presence = presenceText(discord.bot.presence);
  await stage.save(
    good
      .replace(/^BOT_PREFIX=.*$/m, 'BOT_PREFIX !')
      .replace(/^BOT_ACTIVITY=.*$/m, "BOT_ACTIVITY='chess with nobody'")
      .replace(/^MAX_USER_MEMORY=.*$/m, 'MAX_USER_MEMORY=many')
      .concat('SEASON=autumn\n'),
  );
  const reply = await stage.slash(alice, 'reload-config');
  const log = await stage.log(/still in effect/);
  const activity = await stage.say(alice, '?config-status BOT_ACTIVITY');
  const faults = reply.text.split('\n').filter((line) => line.startsWith('• ')).length;
  stage.equal('every mistake is reported, with its line', `${faults} faults`, '3 faults');
  stage.holds('the log says the same', log, '❌ Configuration reload failed:');
  stage.holds('the previous version stays in effect', reply.text, `🔖 Version: ${version} (still in effect)`);
  stage.equal('users still see the previous activity', presenceText(discord.bot.presence), presence);
  stage.holds(
    'the previous prefix still works, and the setting has its previous value',
    activity,
    'chess with the sea',
  );

  stage.narrator.tell('Fix the file, and restore the original prefix and the frequent watch. alice reloads.');
  await stage.edit({ BOT_PREFIX: '!', CONFIG_POLL_INTERVAL_MS: '200' }, good);
  const mended = await stage.slash(alice, 'reload-config');
  await stage.log(/Configuration reload complete/);
  stage.holds('the fixed file is applied', mended.text, '✅ Configuration reloaded successfully!');
}

async function rotation(stage: Stage): Promise<void> {
  const { alice, bob, discord, home, narrator } = stage;
  narrator.tell(
    'Reset the bot token on the Bot page of the Discord developer portal. Discord revokes the old token at that moment ' +
      'and closes the session, so for now the bot can answer nobody; bob tries.',
  );
  const version = stage.version();
  const [token, password] = [newToken(), newPassword()];
  stage.secrets.push(token, password);
  discord.tokens.reset(stage.secrets[0] ?? '', token);
  const revoked = await stage.log(/Discord has revoked the token/);
  const lost = await stage.send(bob, '!config-status');

  narrator.tell(
    'Save the new token, and a new database password. The watch notices; the bot asks Discord whose token it is, and ' +
      'logs in with it. bob and alice try again.',
  );
  await stage.edit({ DISCORD_TOKEN: token, DATABASE_PASSWORD: password });
  // The session may move before or after the report.
  const log = await stage.log(/secrets? changed/, /has moved to the new token/);
  const refused = await stage.say(bob, '!config-status');
  const status = await stage.slash(alice, 'config-status', { options: { setting: 'DATABASE_PASSWORD' } });
  const answers = discord.messagesIn(home.channel).filter(({ repliesTo }) => repliesTo === lost);
  stage.holds('the log says what happened, and what to do', revoked, 'Set DISCORD_TOKEN to a new one');
  stage.equal(
    'what bob wrote between the reset and the save was lost',
    `${answers.length} answers`,
    '0 answers',
  );
  stage.holds('the log says that two secrets changed', log, '🔑 2 secrets changed');
  stage.holds(
    'the version, which does not depend on secrets, stays the same',
    log,
    `${version} → ${version}`,
  );
  stage.holds('the bot answers with the new token', refused, '🚫');
  stage.holds('the status shows a mask instead of the password', status.text, '[hidden]');
  const { identifies, connected } = discord.bot;
  stage.equal(
    'the bot was not restarted: it logged in a second time, and is online',
    `${identifies} logins, ${connected ? 'online' : 'offline'}`,
    '2 logins, online',
  );
  const { found, searched } = stage.leaks();
  stage.equal(
    `no secret, old or new, plain or encoded, in anything that left the bot except its logins (${searched})`,
    found.join('\n') || 'none',
    'none',
  );
  const { violations } = discord;
  stage.equal(
    'Discord would have accepted everything the bot did on this tour',
    violations.map(({ kind, detail }) => `${kind}: ${detail}`).join('\n') || 'nothing',
    'nothing',
  );
}
