import { plainCommand } from './_plain.js';

export class PingCommand extends plainCommand('ping', 'Says that it is done') {}
