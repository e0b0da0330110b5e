import { plainCommand } from './_plain.js';

export class TranscribeCommand extends plainCommand('transcribe', 'Says that it is done') {}
