/** What the dashboards have in common: variables, links, and the frame. */
import {
  DashboardCursorSync,
  VariableRefresh,
  VariableSort,
  type Dashboard,
  type DashboardLink,
  type VariableModel,
} from '@grafana/schema';
import { place, type Section } from './layout.js';
import { SOURCE } from './queries.js';

/** The model of dashboards that Grafana 12 writes; newer ones read it too. */
const SCHEMA_VERSION = 42;

const TAG = 'sonde';

/** Which data source is asked. */
export const DATA_SOURCE: VariableModel = {
  type: 'datasource',
  name: 'datasource',
  label: 'Prometheus',
  query: 'prometheus',
  refresh: VariableRefresh.onDashboardLoad,
};

/** How far back the dashed lines lie. */
export const COMPARE: VariableModel = {
  type: 'custom',
  name: 'compare',
  label: 'Compare with',
  description: 'How long before the dashed lines lie.',
  query: '1d,1h,1w,4w',
  current: { text: '1d', value: '1d' },
};

/** How many values of a variable can be chosen at once. */
export type Choice = 'one' | 'one or all' | 'many';

/** Values of a label. All of them is `everything`, which spares queries a list of a thousand names. */
export function labels(name: string, of: string, choice: Choice, everything = '.+'): VariableModel {
  const query = `label_values(${of}, ${name})`;
  return {
    type: 'query',
    name,
    label: name.charAt(0).toUpperCase() + name.slice(1),
    datasource: SOURCE,
    query: { qryType: 1, query, refId: 'PrometheusVariableQueryEditor-VariableQuery' },
    refresh: VariableRefresh.onTimeRangeChanged,
    sort: VariableSort.alphabeticalCaseInsensitiveAsc,
    multi: choice === 'many',
    includeAll: choice !== 'one',
    ...(choice === 'one' ? {} : { allValue: everything, current: { text: 'All', value: '$__all' } }),
  };
}

/** A text that the reader may change. */
export function text(name: string, label: string, description: string, value: string): VariableModel {
  return { type: 'textbox', name, label, description, query: value, current: { text: value, value } };
}

/** A link at the top of a dashboard. */
export function link(title: string, tooltip: string, url: string): DashboardLink {
  return {
    type: 'link',
    title,
    tooltip,
    url,
    icon: 'external link',
    targetBlank: true,
    asDropdown: false,
    includeVars: false,
    keepTime: false,
    tags: [],
  };
}

/** The other dashboards, at the same time and, where they have them, with the same variables. */
const SIBLINGS: DashboardLink = {
  ...link('Sonde', 'The other dashboards of Sonde', ''),
  type: 'dashboards',
  icon: 'dashboard',
  targetBlank: false,
  asDropdown: true,
  includeVars: true,
  keepTime: true,
  tags: [TAG],
};

/** What differs from one dashboard to the next. */
export interface Content {
  uid: string;
  title: string;
  description: string;
  from: string;
  variables: VariableModel[];
  links: DashboardLink[];
  sections: Section[];
}

export function dashboard(content: Content): Dashboard {
  return {
    uid: content.uid,
    title: content.title,
    description: content.description,
    tags: [TAG],
    schemaVersion: SCHEMA_VERSION,
    editable: true,
    graphTooltip: DashboardCursorSync.Crosshair,
    refresh: '1m',
    time: { from: content.from, to: 'now' },
    timezone: 'browser',
    annotations: { list: [] },
    links: [SIBLINGS, ...content.links],
    templating: { list: [DATA_SOURCE, ...content.variables, COMPARE] },
    panels: place(content.sections),
  };
}
