/** All targets at once: what is down, how available things were, what comes next. */
import { BAD, GOOD, STATUSES, UP_OR_DOWN, WARNING, steps } from './colours.js';
import { dashboard, labels } from './dashboard.js';
import { evenly, line, section } from './layout.js';
import { ON_COLOUR, bars, lines, named, stacked, stat, states, table, type Link } from './panels.js';
import { compared } from './queries.js';

const TARGETS = 'job=~"$job",module=~"$module",instance=~"$instance"';
const JOBS = 'job=~"$job"';
const ROW = 'max by (job, module, instance)';
const DAY = 86_400;

const toTarget = (job: string, module: string, instance: string): Link => ({
  title: 'Look at this target',
  url:
    '/d/sonde-target?${__url_time_range}&var-datasource=${datasource}' +
    `&var-job=\${${job}}&var-module=\${${module}}&var-instance=\${${instance}}`,
});
const FROM_SERIES = toTarget('__field.labels.job', '__field.labels.module', '__field.labels.instance');
const FROM_ROW = toTarget('__data.fields.Job', '__data.fields.Module', '__data.fields.Instance');

const EXPIRY = steps(BAD, [7, WARNING], [30, GOOD]);
const SHARE = steps(BAD, [0.99, WARNING], [0.999, GOOD]);

const summary = section(
  'Now',
  evenly(
    4,
    stat({
      title: 'Targets up',
      description: 'Targets whose last probe passed.',
      unit: 'none',
      asks: [{ expr: `count(probe_success{${TARGETS}} == 1) or vector(0)` }],
    }),
    stat({
      title: 'Targets down',
      description: 'Targets whose last probe failed. The panel below says which and since when.',
      unit: 'none',
      thresholds: steps(GOOD, [1, BAD]),
      asks: [{ expr: `count(probe_success{${TARGETS}} == 0) or vector(0)` }],
    }),
    stat({
      title: 'Scrapes without an answer',
      description: 'Targets of which nothing is known, because Prometheus could not ask Sonde.',
      unit: 'none',
      thresholds: steps(GOOD, [1, BAD]),
      asks: [{ expr: `count(up{${TARGETS}} == 0) or vector(0)` }],
    }),
    stat({
      title: 'Availability, 30 days',
      description: 'The share of probes that passed, on average over the chosen targets.',
      unit: 'percentunit',
      decimals: 3,
      thresholds: SHARE,
      asks: [{ expr: `avg(instance:probe_success:avg30d{${TARGETS}})` }],
    }),
    stat({
      title: 'Least error budget left',
      description: 'Of the job that has least of it: 100 % is untouched, below 0 the objective is missed.',
      unit: 'percentunit',
      decimals: 1,
      thresholds: steps(BAD, [0, WARNING], [0.25, GOOD]),
      asks: [{ expr: `min(job:probe_error_budget:left30d{${JOBS}})` }],
    }),
    stat({
      title: 'Next certificate expires',
      description: 'Days until the first certificate expires. Negative: it has.',
      unit: 'suffix: days',
      decimals: 0,
      thresholds: EXPIRY,
      empty: 'no certificates',
      asks: [{ expr: `min(instance:probe_certificate_left:seconds{${TARGETS}}) / ${DAY}` }],
    }),
  ),
);

const map = section(
  'Status map',
  line(10, [
    24,
    states({
      title: 'Up and down',
      description: 'Each target over time. A target leads to its own dashboard.',
      unit: 'none',
      mappings: UP_OR_DOWN,
      links: [FROM_SERIES],
      asks: [{ expr: `probe_success{${TARGETS}}`, legend: '{{instance}} {{module}} {{job}}' }],
    }),
  ]),
  line(
    8,
    [
      10,
      table({
        title: 'Down, and why',
        description: 'Targets whose last probe failed, with the phase in which it did and the reason.',
        unit: 'none',
        empty: 'Every target is up',
        asks: [{ expr: `max by (job, module, instance, phase, reason) (probe_failure_info{${TARGETS}})` }],
        columns: { instance: 'Instance', module: 'Module', job: 'Job', phase: 'Phase', reason: 'Reason' },
        overrides: [named('Instance', { links: [FROM_ROW] })],
      }),
    ],
    [
      7,
      stacked({
        title: 'Failures by reason',
        description: 'How many targets are down at a time, by phase and reason.',
        unit: 'none',
        min: 0,
        empty: 'No failures',
        asks: [
          { expr: `count by (phase, reason) (probe_failure_info{${TARGETS}})`, legend: '{{phase}}: {{reason}}' },
        ],
      }),
    ],
    [
      7,
      stacked({
        title: 'Failures by reason, before',
        description: 'The same as it was when the variable Compare with says.',
        unit: 'none',
        min: 0,
        empty: 'No failures',
        asks: [
          {
            expr: `count by (phase, reason) (probe_failure_info{${TARGETS}} offset $compare)`,
            legend: '{{phase}}: {{reason}}',
          },
        ],
      }),
    ],
  ),
);

const availability = section(
  'Availability and error budget',
  evenly(
    8,
    lines({
      title: 'Availability by job',
      description: 'The share of probes that passed in the hour before, on average over the targets of a job.',
      unit: 'percentunit',
      max: 1,
      asks: compared('{{job}}', (ago) => `job:probe_success:avg1h{${JOBS}}${ago}`),
    }),
    table({
      title: 'Objectives',
      description: 'What a job should reach over 30 days, what it reached, and how much of the error budget is left.',
      unit: 'percentunit',
      decimals: 3,
      asks: [
        { expr: `max by (job) (job:probe_availability_objective:ratio{${JOBS}})` },
        { expr: `max by (job) (job:probe_success:avg1h{${JOBS}})` },
        { expr: `max by (job) (job:probe_success:avg6h{${JOBS}})` },
        { expr: `max by (job) (job:probe_success:avg3d{${JOBS}})` },
        { expr: `max by (job) (job:probe_success:avg30d{${JOBS}})` },
        { expr: `max by (job) (job:probe_error_budget:left30d{${JOBS}})` },
      ],
      columns: {
        job: 'Job',
        'Value #A': 'Objective',
        'Value #B': '1 hour',
        'Value #C': '6 hours',
        'Value #D': '3 days',
        'Value #E': '30 days',
        'Value #F': 'Budget left',
      },
      sortBy: 'Budget left',
      overrides: [
        named('Budget left', { decimals: 1, thresholds: steps(BAD, [0, WARNING], [0.25, GOOD]), ...ON_COLOUR }),
      ],
    }),
  ),
  evenly(
    8,
    lines({
      title: 'Error budget left',
      description: 'Of 30 days, by job. The line that falls fastest is the one to look at.',
      unit: 'percentunit',
      thresholds: steps(BAD, [0, WARNING], [0.25, GOOD]),
      asks: compared('{{job}}', (ago) => `job:probe_error_budget:left30d{${JOBS}}${ago}`),
    }),
    lines({
      title: 'How fast the budget burns',
      description: 'At 1 the budget lasts exactly 30 days; at 14.4 it is gone in two, which is what wakes people up.',
      unit: 'none',
      min: 0,
      thresholds: steps(GOOD, [6, WARNING], [14.4, BAD]),
      thresholdLine: true,
      asks: [
        { expr: `job:probe_error_budget:burn1h{${JOBS}}`, legend: '{{job}}, 1 hour' },
        { expr: `job:probe_error_budget:burn6h{${JOBS}}`, legend: '{{job}}, 6 hours' },
      ],
    }),
  ),
);

const next = section(
  'What comes next: certificates and durations',
  evenly(
    9,
    bars({
      title: 'Days to expiry',
      description: 'The ten certificates that expire first. Negative: expired.',
      unit: 'suffix: days',
      decimals: 0,
      thresholds: EXPIRY,
      empty: 'no certificates',
      links: [FROM_SERIES],
      asks: [
        {
          expr: `bottomk(10, instance:probe_certificate_left:seconds{${TARGETS}} / ${DAY})`,
          legend: '{{instance}}',
        },
      ],
    }),
    bars({
      title: 'Slowest targets',
      description: 'Median duration of the probes that passed in five minutes: a target that is down is not slow.',
      unit: 's',
      links: [FROM_SERIES],
      asks: [
        {
          expr: `topk(10, instance:probe_duration_seconds:quantile5m{${TARGETS},quantile="0.5"})`,
          legend: '{{instance}} {{module}}',
        },
      ],
    }),
    bars({
      title: 'Closest to their time limit',
      description: 'Which share of its time limit the last probe took. 100 % is a timeout.',
      unit: 'percentunit',
      min: 0,
      max: 1,
      thresholds: steps(GOOD, [0.5, WARNING], [0.9, BAD]),
      links: [FROM_SERIES],
      asks: [
        { expr: `topk(10, instance:probe_budget_used:ratio{${TARGETS}})`, legend: '{{instance}} {{module}}' },
      ],
    }),
  ),
  evenly(
    8,
    lines({
      title: 'Duration across the targets of a job',
      description: 'What 95 of 100 targets stay below, of those that are up.',
      unit: 's',
      min: 0,
      asks: compared('{{job}}', (ago) => `job:probe_duration_seconds:quantile5m{${JOBS},quantile="0.95"}${ago}`),
    }),
    lines({
      title: 'Targets down, by job',
      description: 'How many targets of each job are down at a time.',
      unit: 'none',
      min: 0,
      asks: compared('{{job}}', (ago) => `count by (job) (probe_success{${TARGETS}}${ago} == 0)`),
      empty: 'None',
    }),
  ),
);

const detail = section(
  'Every target',
  line(12, [
    24,
    table({
      title: 'Targets',
      description: 'One row for each target; a target leads to its own dashboard.',
      unit: 'none',
      asks: [
        { expr: `${ROW} (probe_success{${TARGETS}})` },
        { expr: `${ROW} (probe_duration_seconds{${TARGETS}})` },
        { expr: `${ROW} (probe_http_status_code{${TARGETS}})` },
        { expr: `${ROW} (instance:probe_success:avg1h{${TARGETS}})` },
        { expr: `${ROW} (instance:probe_success:avg30d{${TARGETS}})` },
        { expr: `${ROW} (instance:probe_certificate_left:seconds{${TARGETS}}) / ${DAY}` },
      ],
      columns: {
        instance: 'Instance',
        module: 'Module',
        job: 'Job',
        'Value #A': 'Now',
        'Value #B': 'Duration',
        'Value #C': 'HTTP status',
        'Value #D': '1 hour',
        'Value #E': '30 days',
        'Value #F': 'Days to expiry',
      },
      sortBy: 'Now',
      overrides: [
        named('Instance', { links: [FROM_ROW] }),
        named('Now', { mappings: UP_OR_DOWN, ...ON_COLOUR }),
        named('Duration', { unit: 's', decimals: 3 }),
        named('HTTP status', { mappings: STATUSES, ...ON_COLOUR }),
        named('/^(1 hour|30 days)$/', { unit: 'percentunit', decimals: 2, thresholds: SHARE, ...ON_COLOUR }),
        named('Days to expiry', { decimals: 0, thresholds: EXPIRY, ...ON_COLOUR }),
      ],
    }),
  ]),
);

export const overview = dashboard({
  uid: 'sonde-overview',
  title: 'Sonde: overview',
  description: 'Every target at once: what is down and why, availability and error budgets, certificates, durations.',
  from: 'now-6h',
  variables: [
    labels('job', 'probe_success', 'many'),
    labels('module', 'probe_success{job=~"$job"}', 'many', '.*'),
    labels('instance', 'probe_success{job=~"$job",module=~"$module"}', 'many'),
  ],
  links: [],
  sections: [summary, map, availability, next, detail],
});
