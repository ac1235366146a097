/** Sonde itself: rate, errors and duration of its work; use and saturation of what it needs. */
import { BAD, GOOD, WARNING, YES_OR_NO, steps, words } from './colours.js';
import { dashboard, labels } from './dashboard.js';
import { evenly, line, section } from './layout.js';
import { heatmap, lines, stacked, stat, states, table } from './panels.js';
import { compared } from './queries.js';

const SELF = 'job=~"$job",instance=~"$instance"';
const MODULES = `${SELF},module=~"$module"`;
const RATE = '[$__rate_interval]';

/** A quantile of a histogram, by some labels. */
const quantile = (q: number, histogram: string, by: string[] = [], ago = ''): string =>
  `histogram_quantile(${q}, sum by (${['le', ...by].join(', ')}) (rate(${histogram}${RATE}${ago})))`;

/** p50, p95 and p99 of a histogram. */
const quantiles = (histogram: string) =>
  [0.5, 0.95, 0.99].map((q) => ({ expr: quantile(q, histogram), legend: `p${q * 100}` }));

const PROBES = `sonde_probes_total{${MODULES}}`;
const FAILED = `sonde_probes_total{${MODULES},result="failure"}`;

const summary = section(
  'Now',
  evenly(
    4,
    stat({
      title: 'Instances up',
      description: 'Those that Prometheus reaches.',
      unit: 'none',
      thresholds: steps(BAD, [1, GOOD]),
      asks: [{ expr: `sum(up{${SELF}})` }],
    }),
    stat({
      title: 'Probes a second',
      description: 'Probes that ran to their end.',
      unit: 'none',
      decimals: 1,
      trend: true,
      asks: [{ expr: `sum(rate(${PROBES}${RATE}))` }],
    }),
    stat({
      title: 'Probes in flight, of the limit',
      description: 'Beyond the limit probes are answered 503.',
      unit: 'percentunit',
      decimals: 1,
      thresholds: steps(GOOD, [0.5, WARNING], [0.9, BAD]),
      asks: [{ expr: `max(sonde_probes_in_flight{${SELF}} / sonde_probes_in_flight_max{${SELF}})` }],
    }),
    stat({
      title: 'Lateness of the event loops, p99',
      description: 'How late a loop ran what was due. That late it may notice what a target did.',
      unit: 's',
      thresholds: steps(GOOD, [0.05, WARNING], [0.5, BAD]),
      asks: [{ expr: quantile(0.99, `sonde_event_loop_lag_seconds_bucket{${SELF}}`) }],
    }),
    stat({
      title: 'Configuration loaded',
      description: 'No: what a file holds now is not in force, because it did not load.',
      unit: 'none',
      mappings: YES_OR_NO,
      asks: [{ expr: `min(blackbox_exporter_config_last_reload_successful{${SELF}})` }],
    }),
    stat({
      title: 'Configurations in force',
      description: 'More than 1: some instance runs another text than the rest.',
      unit: 'none',
      thresholds: steps(GOOD, [2, WARNING]),
      asks: [{ expr: `count(count_values("hash", sonde_config_hash{${SELF}}))` }],
    }),
  ),
);

const rate = section(
  'Rate: how much is asked',
  evenly(
    8,
    stacked({
      title: 'Probes by module',
      description: 'Probes a second that ran to their end.',
      unit: 'ops',
      min: 0,
      asks: [{ expr: `sum by (module) (rate(${PROBES}${RATE}))`, legend: '{{module}}' }],
    }),
    lines({
      title: 'Probes, now and before',
      description: 'All modules together.',
      unit: 'ops',
      min: 0,
      asks: compared('probes', (ago) => `sum(rate(${PROBES}${RATE}${ago}))`),
    }),
    stacked({
      title: 'Requests by route',
      description: 'Requests a second that were answered.',
      unit: 'reqps',
      min: 0,
      asks: [{ expr: `sum by (route) (rate(sonde_http_requests_total{${SELF}}${RATE}))`, legend: '{{route}}' }],
    }),
  ),
);

const errors = section(
  'Errors: what goes wrong, at targets and here',
  evenly(
    8,
    lines({
      title: 'Share of probes that fail, by module',
      description: 'Of the probes that ran to their end. What the targets do, not Sonde.',
      unit: 'percentunit',
      min: 0,
      max: 1,
      asks: compared(
        '{{module}}',
        (ago) =>
          `sum by (module) (rate(${FAILED}${RATE}${ago})) / sum by (module) (rate(${PROBES}${RATE}${ago}))`,
      ),
    }),
    stacked({
      title: 'Failures by phase and reason',
      description: 'Failed probes a second. A reason that was never seen before begins with its second failure.',
      unit: 'ops',
      min: 0,
      empty: 'No failures',
      asks: [
        {
          expr: `sum by (phase, reason) (rate(sonde_probe_failures_total{${MODULES}}${RATE}))`,
          legend: '{{phase}}: {{reason}}',
        },
      ],
    }),
    lines({
      title: 'Not probed, or not answered',
      description: 'A second. Rejected: over the limit of probes in flight. Abandoned: the caller left.',
      unit: 'ops',
      min: 0,
      asks: [
        { expr: `sum(rate(sonde_probes_rejected_total{${SELF}}${RATE}))`, legend: 'rejected' },
        { expr: `sum(rate(sonde_probes_abandoned_total{${MODULES}}${RATE}))`, legend: 'abandoned' },
        { expr: `sum(rate(blackbox_module_unknown_total{${SELF}}${RATE}))`, legend: 'unknown module' },
        {
          expr: `sum by (reason) (rate(sonde_http_refusals_total{${SELF}}${RATE}))`,
          legend: 'refused: {{reason}}',
        },
      ],
    }),
  ),
  evenly(
    7,
    stacked({
      title: 'Answers by status',
      description: 'Requests a second. 499: the caller left before its answer.',
      unit: 'reqps',
      min: 0,
      asks: [{ expr: `sum by (code) (rate(sonde_http_requests_total{${SELF}}${RATE}))`, legend: '{{code}}' }],
    }),
    lines({
      title: 'Log records lost',
      description: 'A second, because standard error was not read fast enough.',
      unit: 'ops',
      min: 0,
      asks: [{ expr: `sum by (instance) (rate(sonde_log_records_dropped_total{${SELF}}${RATE}))`, legend: '{{instance}}' }],
    }),
    states({
      title: 'Configuration files',
      description: 'Whether what each file held at the last load is in force.',
      unit: 'none',
      mappings: words({ '1': ['in force', GOOD], '0': ['refused', BAD] }),
      asks: [
        { expr: `sonde_config_file_last_load_successful{${SELF}}`, legend: '{{file}} {{instance}}' },
      ],
    }),
  ),
);

const duration = section(
  'Duration: how long it takes',
  evenly(
    9,
    heatmap({
      title: 'Durations of probes',
      description: 'Probes a second in each bucket. Dots, where the data source has them, lead to traces.',
      unit: 's',
      asks: [
        {
          expr: `sum by (le) (rate(sonde_probe_duration_seconds_bucket{${MODULES}}${RATE}))`,
          legend: '{{le}}',
          exemplars: true,
        },
      ],
    }),
    lines({
      title: 'Probes',
      description: 'Of 100 probes, 50, 95 and 99 took no longer than this.',
      unit: 's',
      min: 0,
      asks: [
        ...quantiles(`sonde_probe_duration_seconds_bucket{${MODULES}}`),
        {
          expr: quantile(0.95, `sonde_probe_duration_seconds_bucket{${MODULES}}`, [], ' offset $compare'),
          legend: 'p95 $compare before',
        },
      ],
    }),
    lines({
      title: 'Probes by module, p95',
      description: 'Of 100 probes of a module, 95 took no longer than this.',
      unit: 's',
      min: 0,
      asks: [
        { expr: quantile(0.95, `sonde_probe_duration_seconds_bucket{${MODULES}}`, ['module']), legend: '{{module}}' },
      ],
    }),
  ),
  evenly(
    8,
    stacked({
      title: 'Phases of probes',
      description: 'Time a probe spent in each phase that it was in, on average. With --metrics.phases only.',
      unit: 's',
      min: 0,
      empty: 'Sonde runs without --metrics.phases',
      asks: [
        {
          expr: `sum by (phase) (rate(sonde_probe_phase_duration_seconds_sum{${MODULES}}${RATE})) / sum by (phase) (rate(sonde_probe_phase_duration_seconds_count{${MODULES}}${RATE}) > 0)`,
          legend: '{{phase}}',
        },
      ],
    }),
    lines({
      title: 'Requests by route, p95',
      description: 'From the arrival of a request to its answer; for a probe, the probe included.',
      unit: 's',
      min: 0,
      asks: [
        { expr: quantile(0.95, `sonde_http_request_duration_seconds_bucket{${SELF}}`, ['route']), legend: '{{route}}' },
      ],
    }),
    lines({
      title: 'Name servers',
      description: 'How long a name server took to answer, p95, and what else came of the questions, a second.',
      unit: 's',
      min: 0,
      empty: 'No names were looked up',
      asks: [
        { expr: quantile(0.95, `sonde_resolver_answer_duration_seconds_bucket{${SELF}}`, ['server']), legend: '{{server}}' },
      ],
    }),
  ),
);

const use = section(
  'Use and saturation: what it needs, and what it has',
  evenly(
    8,
    lines({
      title: 'CPU',
      description: 'Cores in use.',
      unit: 'none',
      min: 0,
      asks: compared('{{instance}}', (ago) => `sum by (instance) (rate(process_cpu_seconds_total{${SELF}}${RATE}${ago}))`),
    }),
    lines({
      title: 'Memory',
      description: 'Resident, on the heap, and outside it for buffers, with their limits.',
      unit: 'bytes',
      min: 0,
      asks: [
        { expr: `sum(process_resident_memory_bytes{${SELF}})`, legend: 'resident' },
        { expr: `sum(jvm_memory_used_bytes{${SELF},area="heap"})`, legend: 'heap' },
        { expr: `sum(jvm_memory_max_bytes{${SELF},area="heap"})`, legend: 'heap limit' },
        { expr: `sum(sonde_direct_memory_used_bytes{${SELF}})`, legend: 'buffers' },
        { expr: `sum(sonde_direct_memory_max_bytes{${SELF}})`, legend: 'buffers limit' },
        { expr: `sum(sonde_body_bytes{${SELF}})`, legend: 'bodies under check' },
      ],
    }),
    lines({
      title: 'Files and sockets',
      description: 'Descriptors in use, of those that the process may have.',
      unit: 'percentunit',
      min: 0,
      max: 1,
      thresholds: steps(GOOD, [0.7, WARNING], [0.9, BAD]),
      thresholdLine: true,
      asks: [{ expr: `process_open_fds{${SELF}} / process_max_fds{${SELF}}`, legend: '{{instance}}' }],
    }),
  ),
  evenly(
    8,
    lines({
      title: 'Probes in flight',
      description: 'At the moment of each scrape, of all instances; and requests that wait.',
      unit: 'none',
      min: 0,
      asks: [
        { expr: `sum(sonde_probes_in_flight{${SELF}})`, legend: 'probes' },
        { expr: `sum(sonde_http_requests_in_flight{${SELF}})`, legend: 'requests' },
        { expr: `sum(sonde_probes_in_flight{${SELF}} offset $compare)`, legend: 'probes $compare before' },
      ],
    }),
    lines({
      title: 'Lateness of the event loops',
      description: 'How late loops ran what was due, and how late the latest is right now. One that hangs shows as now.',
      unit: 's',
      min: 0,
      thresholds: steps(GOOD, [0.05, WARNING], [0.5, BAD]),
      asks: [
        ...quantiles(`sonde_event_loop_lag_seconds_bucket{${SELF}}`),
        { expr: `max(sonde_event_loop_late_seconds{${SELF}})`, legend: 'now' },
      ],
    }),
    lines({
      title: 'What waits',
      description: 'Tasks of the event loops, and pieces of work that wait for a thread on which they may block.',
      unit: 'none',
      min: 0,
      asks: [
        { expr: `sum(sonde_event_loop_pending_tasks{${SELF}})`, legend: 'tasks' },
        { expr: `sum by (kind) (sonde_blocking_work_waiting{${SELF}})`, legend: '{{kind}}' },
      ],
    }),
  ),
  evenly(
    7,
    lines({
      title: 'Sockets by event loop',
      description: 'They should be even: a loop with more of them is busier than the rest.',
      unit: 'none',
      min: 0,
      asks: [{ expr: `sonde_event_loop_sockets{${SELF}}`, legend: '{{instance}} loop {{loop}}' }],
    }),
    lines({
      title: 'Pauses of the collector',
      description: 'The share of time in which nothing ran because memory was being tidied up.',
      unit: 'percentunit',
      min: 0,
      asks: [
        { expr: `sum by (instance) (rate(jvm_gc_collection_seconds_sum{${SELF}}${RATE}))`, legend: '{{instance}}' },
      ],
    }),
    lines({
      title: 'Network',
      description: 'Bytes a second in the network namespace of the process.',
      unit: 'Bps',
      asks: [
        { expr: `sum(rate(process_network_receive_bytes_total{${SELF}}${RATE}))`, legend: 'received' },
        { expr: `sum(rate(process_network_transmit_bytes_total{${SELF}}${RATE}))`, legend: 'sent' },
      ],
    }),
    lines({
      title: 'Name servers: questions',
      description: 'Questions a second, by what came of them.',
      unit: 'ops',
      min: 0,
      asks: [
        {
          expr: `sum by (outcome) (rate(sonde_resolver_queries_total{${SELF}}${RATE}))`,
          legend: '{{outcome}}',
        },
      ],
    }),
  ),
);

const detail = section(
  'Every instance',
  line(8, [
    24,
    table({
      title: 'Instances',
      description: 'One row for each Sonde. The configuration is its hash, as the log has it.',
      unit: 'none',
      asks: [
        { expr: `max by (instance, version) (blackbox_exporter_build_info{${SELF}})` },
        { expr: `max by (instance) (time() - process_start_time_seconds{${SELF}})` },
        {
          expr: `max by (instance) (time() - blackbox_exporter_config_last_reload_success_timestamp_seconds{${SELF}})`,
        },
        { expr: `max by (instance) (sonde_config_hash{${SELF}})` },
        { expr: `max by (instance) (sonde_history_results{${SELF}})` },
        { expr: `max by (instance) (jvm_threads_current{${SELF}})` },
      ],
      columns: {
        instance: 'Instance',
        version: 'Version',
        'Value #B': 'Up for',
        'Value #C': 'Configured for',
        'Value #D': 'Configuration',
        'Value #E': 'Results kept',
        'Value #F': 'Threads',
      },
      sortBy: 'Instance',
      overrides: [
        { matcher: { id: 'byRegexp', options: '/ for$/' }, properties: [{ id: 'unit', value: 's' }] },
        { matcher: { id: 'byName', options: 'Configuration' }, properties: [{ id: 'unit', value: 'hex' }] },
      ],
    }),
  ]),
);

export const exporter = dashboard({
  uid: 'sonde-exporter',
  title: 'Sonde: exporter',
  description: 'Sonde itself: rate, errors and duration of probes and requests; use and saturation of its resources.',
  from: 'now-3h',
  variables: [
    labels('job', 'sonde_probes_in_flight', 'many'),
    labels('instance', 'sonde_probes_in_flight{job=~"$job"}', 'many'),
    labels('module', 'sonde_probes_total{job=~"$job",instance=~"$instance"}', 'many'),
  ],
  links: [],
  sections: [summary, rate, errors, duration, use, detail],
});
