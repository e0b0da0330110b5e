import type { Stage } from '../stage.js';
import type { Step } from '../step.js';

/** How the settings of the assistant take effect. */
export const assistantSteps: readonly Step[] = [{ title: 'Another model takes over', run: modelSwitch }];

async function modelSwitch(stage: Stage): Promise<void> {
  const { bob, narrator } = stage;
  narrator.tell('bob asks a question. Then the model is changed, alice reloads, and bob asks again.');
  const first = await stage.slash(bob, 'ask', { options: { prompt: 'Who are you?' } });
  await stage.edit({ OPENAI_TEXT_MODEL: 'large-model', TEMPERATURE: '0.2' });
  await stage.slash(stage.alice, 'reload-config');
  await stage.log(/Configuration reload complete/);
  const second = await stage.slash(bob, 'ask', { options: { prompt: 'Who are you now?' } });
  stage.holds('the model in the file answers', first.text, '[small-model]');
  stage.holds('after the reload, the other model answers', second.text, '[large-model]');
  stage.holds('it uses the new temperature', second.text, 'temperature 0.2');
}
