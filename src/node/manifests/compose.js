// What docker/compose.yml promises beyond what Compose itself checks.
//
//   compose.js RESOLVED                 RESOLVED is what `docker compose config --format json` prints
//   compose.js RESOLVED SERVICE         prints the arguments of a service, one a line
//
// Every problem is told in a line of its own; ends with 1 if there are any.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

const [file, wanted] = process.argv.slice(2);
const { services } = JSON.parse(readFileSync(file, 'utf8'));
const socket = '/var/run/docker.sock';

const demands = {
  'have an image with a version': ({ image }) => /:v?\d[^:/]*$/.test(image),
  'have a root file system that is read-only': (service) => service.read_only === true,
  'drop all capabilities': (service) => service.cap_drop?.includes('ALL'),
  'gain no privilege': (service) => service.security_opt?.includes('no-new-privileges:true'),
  'have a bound on its memory': (service) => Number(service.mem_limit) > 0,
  'say how its health is checked': (service) => service.healthcheck !== undefined || service.build !== undefined,
  'listen on the loopback of this machine': ({ ports = [] }) => ports.every((port) => port.host_ip === '127.0.0.1'),
  'mount what is there, and only to read': ({ volumes = [] }) =>
    volumes
      .filter(({ type, source }) => type === 'bind' && source !== socket)
      .every(({ source, read_only: readOnly }) => existsSync(source) && readOnly === true),
};

function loose() {
  return Object.entries(services).flatMap(([name, service]) =>
    Object.entries(demands)
      .filter(([, holds]) => !holds(service))
      .map(([demand]) => `${name}: must ${demand}`),
  );
}

function portsTakenTwice() {
  const taken = Object.values(services).flatMap(({ ports = [] }) => ports.map((port) => port.published));
  return taken.filter((port, index) => taken.indexOf(port) !== index).map((port) => `port ${port} is taken twice`);
}

/** The texts that services read, whether files or all files of a folder. */
function mounted() {
  return Object.values(services)
    .flatMap(({ volumes = [] }) => volumes)
    .filter(({ type, source }) => type === 'bind' && source !== socket && existsSync(source))
    .flatMap(({ source }) =>
      statSync(source).isDirectory()
        ? readdirSync(source).map((name) => join(source, name)).filter((path) => statSync(path).isFile())
        : [source],
    );
}

/** Hosts with a port that configuration files name and no service is. */
function unknownHosts() {
  const known = new Set([...Object.keys(services), 'localhost', '127.0.0.1', '0.0.0.0']);
  return [...new Set(mounted())].flatMap((path) => {
    const text = readFileSync(path, 'utf8').replaceAll(/^\s*(#|\/\/).*$/gm, '');
    return [...text.matchAll(/(?:https?:\/\/|[\s["'])([a-z][a-z0-9.-]*):\d{4,5}\b/g)]
      .map(([, host]) => host)
      .filter((host) => !known.has(host))
      .map((host) => `${basename(path)}: no service is called ${host}`);
  });
}

/** Paths in arguments and variables that are below a mounted folder, and are not there. */
function missingFiles() {
  return Object.entries(services).flatMap(([name, { volumes = [], command, environment = {} }]) =>
    [...(command ?? []), ...Object.values(environment)]
      .flatMap((text) => String(text).match(/\/etc\/[\w./-]+/g) ?? [])
      .flatMap((path) => {
        const mount = volumes.find(({ target }) => path === target || path.startsWith(`${target}/`));
        return mount !== undefined && !existsSync(mount.source + path.slice(mount.target.length))
          ? [`${name}: nothing is mounted at ${path}`]
          : [];
      }),
  );
}

if (wanted !== undefined) {
  services[wanted].command.forEach((argument) => console.log(argument));
} else {
  const problems = [...loose(), ...portsTakenTwice(), ...unknownHosts(), ...missingFiles()];
  problems.forEach((problem) => console.log(problem));
  process.exitCode = problems.length > 0 ? 1 : 0;
}
