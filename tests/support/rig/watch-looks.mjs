// Loaded into the bot with `node --import`: after SIGUSR2, prints a line once the watch has looked at the file so often
// that whatever it makes of the file as it is now has been made. Nothing of the bot is touched but `stat`, which tells.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';

/** Looks that see a change, that it is quiet, and that it still is; and the first of the next round; and one to spare. */
const LOOKS = 5;

const { stat } = fs.promises;
let left = 0;

fs.promises.stat = async (file, ...options) => {
  if (left > 0 && path.basename(file) === '.env') {
    left--;
    if (left === 0) process.stdout.write('The watch has looked\n');
  }
  return stat(file, ...options);
};
syncBuiltinESMExports();

process.on('SIGUSR2', () => {
  left = LOOKS;
});
