import { plainCommand } from './_plain.js';

export class ConfigHelpCommand extends plainCommand('config-help', 'Says that it is done') {}
