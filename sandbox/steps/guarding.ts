import { presenceText } from '../discord-view.js';
import { newPassword, newToken } from '../sample-env.js';
import type { Stage } from '../stage.js';
import type { Step } from '../step.js';

/** What the bot withstands, and what it never shows. */
export const guardingSteps: readonly Step[] = [
  { title: 'Ordinary members are refused', run: refusal },
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
  const { alice, bob, discord, narrator } = stage;
  narrator.tell(
    'Save a new bot token and a new database password. The watch notices; the bot asks Discord whose token it is, and ' +
      'moves its session to it.',
  );
  const version = stage.version();
  const [token, password] = [newToken(), newPassword()];
  stage.secrets.push(token, password);
  discord.tokens.add(token);
  await stage.edit({ DISCORD_TOKEN: token, DATABASE_PASSWORD: password });
  // The session may move before or after the report.
  const log = await stage.log(/secrets? changed/, /has moved to the new token/);
  narrator.tell('Discord revokes the old token. bob and alice notice nothing.');
  discord.tokens.revoke(stage.secrets[0] ?? '', { disconnect: true });
  const refused = await stage.say(bob, '!config-status');
  const status = await stage.slash(alice, 'config-status', { options: { setting: 'DATABASE_PASSWORD' } });
  stage.holds('the log says that two secrets changed', log, '🔑 2 secrets changed');
  stage.holds(
    'the version, which does not depend on secrets, stays the same',
    log,
    `${version} → ${version}`,
  );
  stage.holds('the bot answers with the new token', refused, '🚫');
  stage.holds('the status shows a mask instead of the password', status.text, '[hidden]');
  stage.equal(
    'the bot kept its session, so no message was lost',
    `${stage.discord.bot.identifies} login(s), connected: ${String(stage.discord.bot.connected)}`,
    '1 login(s), connected: true',
  );
  const { found, searched } = stage.leaks();
  stage.equal(
    `no secret, old or new, plain or encoded, in anything that left the bot except its login (${searched})`,
    found.join('\n') || 'none',
    'none',
  );
  const { violations } = stage.discord;
  stage.equal(
    'Discord would have accepted everything the bot did on this tour',
    violations.map(({ kind, detail }) => `${kind}: ${detail}`).join('\n') || 'nothing',
    'nothing',
  );
}
