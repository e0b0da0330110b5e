import { plainCommand } from './_plain.js';

export class AskCommand extends plainCommand('ask', 'Says that it is done') {}
