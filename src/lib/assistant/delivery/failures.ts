import { apology } from '../../replies/apology.js';
import { ModelError } from '../model/model-error.js';
import { Refusal } from './refusal.js';

/** What the asker is told about an error. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ModelError) return error.sentence;
  if (error instanceof Refusal) return error.message;
  return (apology(error).lines ?? []).join('\n');
}

/**
 * What the log says about an error: its name and message only, because the errors of Discord's API carry the body of
 * the request, which is what somebody said.
 */
export function describeFailure(error: unknown): string {
  if (error instanceof ModelError) return error.message;
  return error instanceof Error
    ? `${error.name}: ${error.message}`
    : 'something other than an error was thrown';
}
