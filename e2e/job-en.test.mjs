// The whole main job in English: the guarantee is met.
import { after, test } from 'node:test';
import { firstHalf } from './job.mjs';
import { secondHalf } from './books.mjs';
import { clean, over } from './run.mjs';

after(over);

test('from a new client to closed books', async () => {
  const stage = await firstHalf({ lang: 'en', name: 'Sample Tea', talent: 'Sekar Wulandari' });
  await secondHalf(stage, { missed: false });
  clean(...stage.pages);
});
