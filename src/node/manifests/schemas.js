// What the published types and schemas say about an object.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const core = 'kubernetes-models';
const packages = { 'monitoring.coreos.com': '@kubernetes-models/prometheus-operator' };

/** The module that holds an object's type and validator, or undefined if nobody published one. */
export async function modelOf({ apiVersion, kind }) {
  const [group] = apiVersion.split('/');
  const specifier = `${packages[group] ?? core}/${apiVersion}/${kind}`;
  try {
    const model = (await import(specifier))[kind];
    return model === undefined ? undefined : { specifier, kind, type: model };
  } catch (error) {
    if (error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') {
      return undefined;
    }
    throw error;
  }
}

/** Wrong kinds of values, missing fields, quantities and patterns that do not fit. */
export function wrongValues({ object, name, model }) {
  try {
    new model.type(object).validate();
    return [];
  } catch (error) {
    return [`${name}: ${error.message.replaceAll('\n', ' ')}`];
  }
}

/**
 * Fields that a type does not have. The validators let them pass, the compiler does not: an object
 * that is written out may have no property beyond those of its declared type, at any depth.
 */
export function unknownFields(known) {
  const here = dirname(createRequire(import.meta.url).resolve('../package.json'));
  const file = join(here, 'manifests.generated.ts');
  const lines = known.map(
    ({ object, model: { specifier, kind } }, index) =>
      `import type { I${kind} as T${index} } from '${specifier}'; ` +
      `export const m${index}: T${index} = ${JSON.stringify(object)};`,
  );
  const options = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (path) => path === file || fileExists(path);
  host.getSourceFile = (path, ...rest) =>
    path === file
      ? ts.createSourceFile(path, lines.join('\n'), ts.ScriptTarget.ES2022, true)
      : getSourceFile.call(host, path, ...rest);
  const program = ts.createProgram([file], options, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const { line } = diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start);
    return `${known[line].name}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')}`;
  });
}
