// Checks Kubernetes manifests as an API server would, without one.
//
//   check.js FILE...     each FILE what one `kubectl apply` would send
//
// A field that no schema knows, a value that no schema allows and a reference that leads nowhere are
// errors, told one a line. Ends with 1 if there are any.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { modelOf, unknownFields, wrongValues } from './schemas.js';
import { danglingReferences, loosePods } from './references.js';

/** The objects of a file; a key that is given twice is an error too. */
function objectsOf(file) {
  const documents = parseAllDocuments(readFileSync(file, 'utf8'), { uniqueKeys: true });
  const problems = documents.flatMap((document) => document.errors.map((error) => error.message));
  if (problems.length > 0) {
    throw new Error(problems.join('\n'));
  }
  return documents.map((document) => document.toJS()).filter((object) => object !== null);
}

function nameOf(object) {
  return `${object.kind}/${object.metadata?.name}`;
}

async function problemsOf(objects) {
  const problems = [];
  const known = [];
  for (const object of objects) {
    const model = await modelOf(object);
    if (model === undefined) {
      problems.push(`${nameOf(object)}: no schema for ${object.apiVersion} ${object.kind}`);
    } else {
      known.push({ object, name: nameOf(object), model });
    }
  }
  problems.push(...unknownFields(known), ...known.flatMap(wrongValues));
  // What is of the wrong shape cannot be asked what it refers to.
  return problems.length > 0 ? problems : [...danglingReferences(objects), ...loosePods(objects)];
}

let failed = false;
for (const file of process.argv.slice(2)) {
  const objects = objectsOf(file);
  const problems = objects.length === 0 ? ['nothing in it'] : await problemsOf(objects);
  problems.forEach((problem) => console.log(`${basename(file)}: ${problem}`));
  failed ||= problems.length > 0;
}
process.exitCode = failed ? 1 : 0;
