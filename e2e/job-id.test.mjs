// The whole main job in Indonesian: the guarantee is missed, ten per cent go back.
import { after, test } from 'node:test';
import { firstHalf } from './job.mjs';
import { secondHalf } from './books.mjs';
import { clean, over } from './run.mjs';

after(over);

test('dari klien baru sampai buku ditutup', async () => {
  const stage = await firstHalf({ lang: 'id', name: 'Kopi Contoh', talent: 'Citra Anindya' });
  await secondHalf(stage, { missed: true });
  clean(...stage.pages);
});
