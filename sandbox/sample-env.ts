import { randomBytes } from 'node:crypto';

/** What the operator of the tour has to keep secret, and where its model endpoint is. */
export interface SampleValues {
  readonly token: string;
  readonly password: string;
  readonly key: string;
  readonly modelUrl: string;
}

/** The operator's file that the tour begins with. */
export function sampleEnv({ token, password, key, modelUrl }: SampleValues): string {
  return `# The configuration of our bot. Edit it while the bot runs: a change counts at once.

# The login. This token is made up: only the Discord of this sandbox accepts it.
DISCORD_TOKEN=${token}

# What people see.
BOT_PREFIX=!
BOT_ACTIVITY='chess with the moon'

# How often the file is looked at, and how long it must be quiet before it is read.
# Short for this tour; the defaults are 5000 and 2000.
CONFIG_POLL_INTERVAL_MS=200
CONFIG_DEBOUNCE_MS=100

# How many things the bot remembers of each user.
MAX_USER_MEMORY=20

# Who answers /ask: a model endpoint on this machine, which says which model it was asked for.
TEXT_BACKEND=openai
OPENAI_API_BASE=${modelUrl}
OPENAI_API_KEY=${key}
OPENAI_TEXT_MODEL=small-model

# Keys of our own, which the bot only carries along.
SEASON=spring
DATABASE_PASSWORD=${password}
`;
}

/** A token of the shape that Discord's have, good for nothing. */
export function newToken(): string {
  const id = Buffer.from(`1${String(randomBytes(6).readUIntBE(0, 6)).padStart(17, '0')}`).toString(
    'base64url',
  );
  return [
    id,
    randomBytes(5).toString('base64url').slice(0, 6),
    randomBytes(29).toString('base64url').slice(0, 38),
  ].join('.');
}

/** A password, good for nothing. */
export function newPassword(): string {
  return randomBytes(15).toString('hex');
}
