/** The names of the contenders of the reads that targets and pages speak of. */
export const PLAIN_READ = 'a plain property';
export const SETTINGS_READ = 'config.current.settings.KEY';
