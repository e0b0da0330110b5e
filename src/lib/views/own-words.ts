/** What replies and the log say whatever happens, besides the reports: to mask a part of it would wreck them. */
export const OWN_WORDS = [
  'Configuration loaded: keys from',
  'Configuration status: Version Settings extra Last refresh Watch Up since Restart needed Warnings none',
  'Configuration history: applied unchanged rejected times first, The history holds no reload that changed',
  'A change of the configuration file waits for approval, Apply, Dismiss, Replaced by a later change of the file',
  'Configuration help: Value Origin Shadows Default Takes effect immediately, after a restart, Last change',
  'There is no setting, did you mean, not since the bot started, the value in the process environment',
  'Logged in as, servers, SIGHUP acknowledged, Shutting down, Timed out disconnecting from Discord',
  'The session with Discord has moved to the new token, verified; reconnecting',
] as const;
