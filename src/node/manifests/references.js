// What no schema can say: that objects which are applied together fit each other, and that pods keep
// to the "restricted" Pod Security Standard and beyond.

function named(objects, kind) {
  return new Map(objects.filter((object) => object.kind === kind).map((object) => [object.metadata.name, object]));
}

function matches(selector, labels = {}) {
  const wanted = Object.entries(selector ?? {});
  return wanted.length > 0 && wanted.every(([name, value]) => labels[name] === value);
}

function workloads(objects) {
  return objects.filter((object) => object.spec?.template?.spec?.containers !== undefined);
}

function selectsNothing(objects) {
  const pods = workloads(objects).map((object) => object.spec.template.metadata?.labels);
  const services = objects.filter((object) => object.kind === 'Service').map((object) => object.metadata.labels);
  const selections = {
    Service: (spec) => [spec.selector, pods],
    PodDisruptionBudget: (spec) => [spec.selector?.matchLabels, pods],
    NetworkPolicy: (spec) => [spec.podSelector.matchLabels, pods],
    Deployment: (spec) => [spec.selector.matchLabels, [spec.template.metadata?.labels]],
    ServiceMonitor: (spec) => [spec.selector.matchLabels, services],
  };
  return objects
    .filter((object) => {
      const [selector, candidates] = selections[object.kind]?.(object.spec) ?? [];
      return candidates !== undefined && !candidates.some((labels) => matches(selector, labels));
    })
    .map((object) => `${object.kind}/${object.metadata.name}: selects nothing`);
}

function missingPorts(objects) {
  const exposed = workloads(objects).flatMap((object) =>
    object.spec.template.spec.containers.flatMap(({ ports = [] }) => ports.map((port) => port.name)),
  );
  const used = objects.flatMap((object) => {
    const { kind, spec } = object;
    const ports = {
      Service: () => spec.ports.map((port) => port.targetPort),
      NetworkPolicy: () => spec.ingress.flatMap((rule) => rule.ports ?? []).map((rule) => rule.port),
      ServiceMonitor: () => spec.endpoints.map((endpoint) => endpoint.port),
      Deployment: () =>
        spec.template.spec.containers.flatMap((container) =>
          ['startupProbe', 'readinessProbe', 'livenessProbe'].map((probe) => container[probe]?.httpGet?.port),
        ),
    };
    return (ports[kind]?.() ?? []).map((port) => ({ object, port }));
  });
  return used
    .filter(({ port }) => !exposed.includes(port))
    .map(({ object, port }) => `${object.kind}/${object.metadata.name}: no container has the port ${port}`);
}

function missingConfigMaps(objects) {
  const maps = named(objects, 'ConfigMap');
  return workloads(objects).flatMap(({ kind, metadata, spec }) => {
    const { volumes = [], containers } = spec.template.spec;
    const absent = volumes.filter(({ configMap }) => configMap !== undefined && !maps.has(configMap.name));
    const unmounted = containers
      .flatMap(({ volumeMounts = [] }) => volumeMounts)
      .filter((mount) => !volumes.some((volume) => volume.name === mount.name));
    return [
      ...absent.map((volume) => `${kind}/${metadata.name}: no ConfigMap ${volume.configMap.name}`),
      ...unmounted.map((mount) => `${kind}/${metadata.name}: no volume ${mount.name}`),
    ];
  });
}

function missingScaleTargets(objects) {
  return [...named(objects, 'HorizontalPodAutoscaler').values()]
    .map(({ metadata, spec: { scaleTargetRef } }) => ({ metadata, scaleTargetRef }))
    .filter(({ scaleTargetRef }) => named(objects, scaleTargetRef.kind).get(scaleTargetRef.name)?.spec.replicas !== undefined
      || !named(objects, scaleTargetRef.kind).has(scaleTargetRef.name))
    .map(({ metadata }) => `HorizontalPodAutoscaler/${metadata.name}: its target is not there, or says replicas itself`);
}

/** Selectors, ports, ConfigMaps, volumes and targets of autoscalers that are not among the objects. */
export function danglingReferences(objects) {
  return [selectsNothing, missingPorts, missingConfigMaps, missingScaleTargets].flatMap((check) => check(objects));
}

const demands = {
  'run as a user other than root': (pod) => pod.securityContext?.runAsNonRoot === true && pod.securityContext.runAsUser > 0,
  'have the default seccomp profile': (pod) => pod.securityContext?.seccompProfile?.type === 'RuntimeDefault',
  'hold no token of the API server': (pod) => pod.automountServiceAccountToken === false,
  'use safe sysctls only': (pod) =>
    (pod.securityContext?.sysctls ?? []).every(({ name }) => name === 'net.ipv4.ping_group_range'),
  'keep to its namespaces': (pod) => !pod.hostNetwork && !pod.hostPID && !pod.hostIPC,
  'mount no path of the node': (pod) => (pod.volumes ?? []).every((volume) => volume.hostPath === undefined),
};
const demandsOfContainers = {
  'drop all capabilities': ({ securityContext: context }) =>
    context?.capabilities?.drop?.includes('ALL') && context.capabilities.add === undefined,
  'gain no privilege': ({ securityContext: context }) =>
    context?.allowPrivilegeEscalation === false && !context.privileged,
  'have a root file system that is read-only': ({ securityContext: context }) => context?.readOnlyRootFilesystem === true,
  'ask for CPU and memory, and bound the memory': ({ resources }) =>
    resources?.requests?.cpu !== undefined && resources.requests.memory !== undefined
    && resources.limits?.memory !== undefined,
  'have an image with a version': ({ image }) => /:[^:/]+$/.test(image) && !image.endsWith(':latest'),
  'have all three probes': (container) =>
    ['startupProbe', 'readinessProbe', 'livenessProbe'].every((probe) => container[probe] !== undefined),
};

/** Pods that are allowed more than they need. */
export function loosePods(objects) {
  return workloads(objects).flatMap(({ kind, metadata, spec: { template } }) =>
    [
      ...Object.entries(demands).filter(([, holds]) => !holds(template.spec)),
      ...Object.entries(demandsOfContainers).filter(([, holds]) => !template.spec.containers.every(holds)),
    ].map(([demand]) => `${kind}/${metadata.name}: must ${demand}`),
  );
}
