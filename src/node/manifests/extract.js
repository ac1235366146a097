// What the pods of a manifest start with.
//
//   extract.js FILE FOLDER     writes the ConfigMap's files into FOLDER, prints the arguments, one a line
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const [file, folder] = process.argv.slice(2);
const objects = parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS());
const { spec } = objects.find(({ kind }) => kind === 'Deployment').spec.template;
const { name } = spec.volumes.find(({ configMap }) => configMap !== undefined).configMap;
const map = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === name);
mkdirSync(folder, { recursive: true });
Object.entries(map.data).forEach(([key, text]) => writeFileSync(join(folder, key), text));
spec.containers[0].args.forEach((argument) => console.log(argument));
