import { plainCommand } from './_plain.js';

export class ConfigStatusCommand extends plainCommand('config-status', 'Says that it is done') {}
