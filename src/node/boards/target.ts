/** One target: where its time goes, what it answered, why it failed. */
import { BAD, GOOD, GREY, PHASES, SKY, STATUSES, UP_OR_DOWN, WARNING, YES_OR_NO, steps, words } from './colours.js';
import { dashboard, labels, link, text } from './dashboard.js';
import { evenly, line, section } from './layout.js';
import { coloured, lines, stacked, stat, states, table } from './panels.js';
import { compared } from './queries.js';

const TARGET = 'job=~"$job",module=~"$module",instance="$instance"';
const OF_PHASES = `__name__=~"probe_(http|icmp|dns|grpc|websocket)_duration_seconds",${TARGET}`;
const DAY = 86_400;
const SHARE = steps(BAD, [0.99, WARNING], [0.999, GOOD]);
const EXPIRY = steps(BAD, [7, WARNING], [30, GOOD]);

/** Opens the log browser with a query; what looks like a variable stays one. */
function logs(query: string): string {
  const pane = {
    sonde: {
      datasource: '${logs}',
      queries: [{ refId: 'A', expr: query }],
      range: { from: '${__from}', to: '${__to}' },
    },
  };
  const encoded = encodeURIComponent(JSON.stringify(pane)).replace(/%24%7B(\w+)(?:%3A(\w+))?%7D/g, (_, name, format) =>
    format ? `\${${name}:${format}}` : `\${${name}}`,
  );
  return `/explore?schemaVersion=1&panes=${encoded}`;
}

const summary = section(
  'Now',
  evenly(
    4,
    stat({
      title: 'Status',
      description: 'Whether the last probe passed.',
      unit: 'none',
      mappings: UP_OR_DOWN,
      asks: [{ expr: `min(probe_success{${TARGET}})` }],
    }),
    stat({
      title: 'Why it failed',
      description: 'The phase and the reason of the last failure, as docs/metrics.md explains them.',
      unit: 'none',
      showName: true,
      thresholds: steps(BAD),
      empty: 'It passed',
      asks: [{ expr: `probe_failure_info{${TARGET}}`, legend: '{{phase}}: {{reason}}' }],
    }),
    stat({
      title: 'Duration',
      description: 'How long the last probe took.',
      unit: 's',
      trend: true,
      asks: [{ expr: `max(probe_duration_seconds{${TARGET}})` }],
    }),
    stat({
      title: 'Availability, 30 days',
      description: 'The share of probes that passed.',
      unit: 'percentunit',
      decimals: 3,
      thresholds: SHARE,
      asks: [{ expr: `min(instance:probe_success:avg30d{${TARGET}})` }],
    }),
    stat({
      title: 'HTTP status',
      description: 'Of the last answer. 0: there was none.',
      unit: 'none',
      mappings: STATUSES,
      empty: 'no HTTP',
      asks: [{ expr: `max({__name__=~"probe_(http|websocket)_status_code",${TARGET}})` }],
    }),
    stat({
      title: 'Certificate expires',
      description: 'Days until the first certificate of the chain expires. Negative: it has.',
      unit: 'suffix: days',
      decimals: 0,
      thresholds: EXPIRY,
      empty: 'no TLS',
      asks: [{ expr: `min(instance:probe_certificate_left:seconds{${TARGET}}) / ${DAY}` }],
    }),
  ),
);

const time = section(
  'Where the time goes',
  line(
    10,
    [
      14,
      stacked({
        title: 'Phases',
        description:
          'What a probe spent its time on. The dashed line is the whole probe as it was before; a probe over plain TCP has no phases, only the name look-up and the whole.',
        unit: 's',
        min: 0,
        overrides: coloured({ ...PHASES, 'name look-up': SKY }),
        asks: [
          {
            expr: `sum by (phase) ({${OF_PHASES}})`,
            legend: '{{phase}}',
          },
          {
            expr: `max(probe_dns_lookup_time_seconds{${TARGET}} unless on (job, module, instance) {${OF_PHASES},phase="resolve"})`,
            legend: 'name look-up',
          },
          {
            expr: `max(probe_duration_seconds{${TARGET}} offset $compare)`,
            legend: 'whole probe $compare before',
          },
        ],
      }),
    ],
    [
      10,
      lines({
        title: 'Duration of probes that passed',
        description: 'Of 100 probes in an hour, 50, 95 and 99 took no longer than this.',
        unit: 's',
        min: 0,
        asks: compared(
          'p{{quantile}}',
          (ago) => `max by (quantile) (instance:probe_duration_seconds:quantile1h{${TARGET}}${ago})`,
        ),
      }),
    ],
  ),
);

const happened = section(
  'What happened',
  evenly(
    7,
    states({
      title: 'Up, down and why',
      description: 'The first row is the verdict; each further one a reason, for as long as it held.',
      unit: 'none',
      mappings: UP_OR_DOWN,
      overrides: [
        {
          matcher: { id: 'byRegexp', options: '/: /' },
          properties: [{ id: 'mappings', value: words({ '1': ['this', BAD] }) }],
        },
      ],
      asks: [
        { expr: `min(probe_success{${TARGET}})`, legend: 'verdict' },
        { expr: `max by (phase, reason) (probe_failure_info{${TARGET}})`, legend: '{{phase}}: {{reason}}' },
      ],
    }),
    states({
      title: 'Status codes',
      description: 'Of the last answer of each probe, after redirects. 0: there was none.',
      unit: 'none',
      mappings: STATUSES,
      empty: 'no HTTP',
      asks: [
        { expr: `max({__name__=~"probe_(http|websocket)_status_code",${TARGET}})`, legend: 'status' },
      ],
    }),
  ),
  evenly(
    7,
    lines({
      title: 'Availability',
      description: 'The share of probes that passed in the hour before.',
      unit: 'percentunit',
      min: 0,
      max: 1,
      asks: compared('1 hour', (ago) => `min(instance:probe_success:avg1h{${TARGET}}${ago})`),
    }),
    lines({
      title: 'Failures by reason',
      description: 'Failed probes in each interval of the graph.',
      unit: 'none',
      min: 0,
      empty: 'No failures',
      asks: [
        {
          expr: `sum by (phase, reason) (count_over_time(probe_failure_info{${TARGET}}[$__rate_interval]))`,
          legend: '{{phase}}: {{reason}}',
        },
      ],
    }),
    lines({
      title: 'Time limit used',
      description: 'Which share of its time limit a probe took. 100 % is a timeout.',
      unit: 'percentunit',
      min: 0,
      max: 1,
      thresholds: steps(GOOD, [0.5, WARNING], [0.9, BAD]),
      thresholdLine: true,
      asks: [{ expr: `max(instance:probe_budget_used:ratio{${TARGET}})`, legend: 'used' }],
    }),
  ),
);

const certificates = section(
  'Certificates',
  line(
    7,
    [
      14,
      table({
        title: 'Certificate',
        description: 'The certificate that the target presented, good or bad.',
        unit: 'none',
        empty: 'no TLS',
        asks: [
          {
            expr: `max by (subject, subjectalternative, issuer, serialnumber, fingerprint_sha256) (probe_ssl_last_chain_info{${TARGET}})`,
          },
        ],
        columns: {
          subject: 'Subject',
          subjectalternative: 'Names',
          issuer: 'Issuer',
          serialnumber: 'Serial number',
          fingerprint_sha256: 'SHA-256',
        },
      }),
    ],
    [
      5,
      lines({
        title: 'Days to expiry',
        description: 'Jumps up when the certificate is renewed.',
        unit: 'suffix: days',
        thresholds: EXPIRY,
        empty: 'no TLS',
        asks: [{ expr: `min(instance:probe_certificate_left:seconds{${TARGET}}) / ${DAY}`, legend: 'days' }],
      }),
    ],
    [
      5,
      states({
        title: 'TLS',
        description: 'Version and cipher that were agreed on.',
        unit: 'none',
        mappings: words({ '1': ['agreed', GOOD] }),
        empty: 'no TLS',
        asks: [
          { expr: `max by (version) (probe_tls_version_info{${TARGET}})`, legend: '{{version}}' },
          { expr: `max by (cipher) (probe_tls_cipher_info{${TARGET}})`, legend: '{{cipher}}' },
        ],
      }),
    ],
  ),
);

const answers = section(
  'Answers over HTTP, and redirects',
  evenly(
    7,
    lines({
      title: 'Redirects',
      description: 'How many were followed.',
      unit: 'none',
      min: 0,
      empty: 'no HTTP',
      asks: compared('redirects', (ago) => `max(probe_http_redirects{${TARGET}}${ago})`),
    }),
    lines({
      title: 'Size of the body',
      description: 'As announced, and as received after decompression. -1: nothing was announced.',
      unit: 'bytes',
      empty: 'no HTTP',
      asks: [
        { expr: `max(probe_http_content_length{${TARGET}})`, legend: 'announced' },
        { expr: `max(probe_http_uncompressed_body_length{${TARGET}})`, legend: 'received' },
      ],
    }),
    states({
      title: 'Protocol',
      description: 'The version of HTTP, and whether TLS was used in the end.',
      unit: 'none',
      empty: 'no HTTP',
      asks: [
        { expr: `max(probe_http_version{${TARGET}})`, legend: 'HTTP version' },
        { expr: `max(probe_http_ssl{${TARGET}})`, legend: 'TLS' },
      ],
      overrides: [{ matcher: { id: 'byName', options: 'TLS' }, properties: [{ id: 'mappings', value: YES_OR_NO }] }],
    }),
  ),
);

const detail = section(
  'Name, address, and what other probes find',
  evenly(
    7,
    lines({
      title: 'Name look-up',
      description: 'How long it took to turn the name into an address.',
      unit: 's',
      min: 0,
      asks: compared('look-up', (ago) => `max(probe_dns_lookup_time_seconds{${TARGET}}${ago})`),
    }),
    lines({
      title: 'Changes of the address',
      description: 'How often the target was found at another address than before.',
      unit: 'none',
      min: 0,
      asks: [
        { expr: `sum(changes(probe_ip_addr_hash{${TARGET}}[$__rate_interval]))`, legend: 'changes' },
        { expr: `max(probe_ip_protocol{${TARGET}})`, legend: 'IP version' },
      ],
    }),
    lines({
      title: 'Scrape and probe',
      description: 'What a scrape takes longer than its probe is the way between Prometheus and Sonde.',
      unit: 's',
      min: 0,
      asks: [
        { expr: `max(scrape_duration_seconds{${TARGET}})`, legend: 'scrape' },
        { expr: `max(probe_duration_seconds{${TARGET}})`, legend: 'probe' },
      ],
    }),
  ),
  evenly(
    7,
    lines({
      title: 'DNS records',
      description: 'How many records the sections of the answer held.',
      unit: 'none',
      min: 0,
      empty: 'no DNS',
      asks: [
        { expr: `max(probe_dns_answer_rrs{${TARGET}})`, legend: 'answer' },
        { expr: `max(probe_dns_authority_rrs{${TARGET}})`, legend: 'authority' },
        { expr: `max(probe_dns_additional_rrs{${TARGET}})`, legend: 'additional' },
      ],
    }),
    states({
      title: 'gRPC health',
      description: 'What the health service reports.',
      unit: 'none',
      mappings: words({ '1': ['reported', GOOD], '0': ['not', GREY] }),
      empty: 'no gRPC',
      asks: [
        {
          expr: `max by (serving_status) (probe_grpc_healthcheck_response{${TARGET}})`,
          legend: '{{serving_status}}',
        },
      ],
    }),
    lines({
      title: 'Hops of the reply',
      description: 'What is left of the hop limit (TTL) of a ping’s reply. A step is another way through the network.',
      unit: 'none',
      min: 0,
      empty: 'no ping',
      asks: [{ expr: `max(probe_icmp_reply_hop_limit{${TARGET}})`, legend: 'hop limit' }],
    }),
    states({
      title: 'Checks of the content',
      description: 'Which check of the content failed.',
      unit: 'none',
      mappings: words({ '1': ['failed', BAD], '0': ['passed', GOOD] }),
      empty: 'no checks',
      asks: [
        {
          expr: `max by (check) (label_replace({__name__=~"probe_(websocket_)?failed_due_to_(regex|cel|bytes)",${TARGET}}, "check", "$1", "__name__", ".*_due_to_(.*)"))`,
          legend: '{{check}}',
        },
      ],
    }),
  ),
);

export const target = dashboard({
  uid: 'sonde-target',
  title: 'Sonde: target',
  description: 'One target: its phases, status codes, certificates, redirects and reasons of failure over time.',
  from: 'now-6h',
  variables: [
    labels('job', 'probe_success', 'one or all', '.+'),
    labels('instance', 'probe_success{job=~"$job"}', 'one'),
    labels('module', 'probe_success{job=~"$job",instance="$instance"}', 'one or all', '.*'),
    text('sonde', 'Sonde', 'Where your browser reaches Sonde; the link "Probes" leads there.', 'http://localhost:9115'),
    {
      type: 'datasource',
      name: 'logs',
      label: 'Logs',
      description: 'The Loki that has the logs of Sonde; the links to logs lead there.',
      query: 'loki',
    },
    text('trace', 'Trace', 'The id of a trace; the link "Logs of the trace" looks for it.', ''),
  ],
  links: [
    link(
      'Probes',
      'The probes of this target that Sonde remembers',
      '${sonde}/targets?module=${module:percentencode}&target=${instance:percentencode}',
    ),
    link('Logs', 'What Sonde logged about this target', logs('{job="sonde"} | json | target="${instance:percentencode}"')),
    link('Logs of the trace', 'What Sonde logged in this trace', logs('{job="sonde"} | json | trace_id="${trace:percentencode}"')),
  ],
  sections: [summary, time, happened, certificates, answers, detail],
});
