/** Writes every dashboard into the folder that is named, one file each. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exporter } from './exporter.js';
import { overview } from './overview.js';
import { target } from './target.js';

const folder = process.argv[2];
if (folder === undefined) {
  throw new Error('which folder?');
}
for (const [name, dashboard] of Object.entries({ overview, target, exporter })) {
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(dashboard, null, 2) + '\n');
}
