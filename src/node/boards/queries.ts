/** What panels ask. */
import type { DataQuery, DataSourceRef } from '@grafana/schema';

/** The data source that the dashboard's first variable names: no dashboard knows one by itself. */
export const SOURCE: DataSourceRef = { type: 'prometheus', uid: '${datasource}' };

/** A query of Grafana's data source for Prometheus. */
export interface PrometheusQuery extends DataQuery {
  refId: string;
  datasource: DataSourceRef;
  editorMode: 'code';
  expr: string;
  format: 'time_series' | 'table' | 'heatmap';
  instant: boolean;
  range: boolean;
  exemplar: boolean;
  legendFormat: string;
}

/** A query as the boards write it; `of` makes the rest. */
export interface Ask {
  expr: string;
  /** The name of each series, with `{{label}}` for a label. */
  legend?: string;
  /** Shows traces of single probes as dots, where the data source has them. */
  exemplars?: boolean;
}

/** How queries are asked: over the range of time, at its end, at its end as rows, or as buckets. */
export type Manner = 'range' | 'instant' | 'rows' | 'buckets';

const FORMATS = { range: 'time_series', instant: 'time_series', rows: 'table', buckets: 'heatmap' } as const;

export function queries(manner: Manner, asks: Ask[]): PrometheusQuery[] {
  const range = manner === 'range' || manner === 'buckets';
  return asks.map((ask, index) => ({
    refId: String.fromCharCode('A'.charCodeAt(0) + index),
    datasource: SOURCE,
    editorMode: 'code',
    expr: ask.expr,
    format: FORMATS[manner],
    instant: !range,
    range,
    exemplar: ask.exemplars ?? false,
    legendFormat: ask.legend ?? '__auto',
  }));
}

/**
 * A query and the same as it was before; panels draw the latter with dashes. What is given writes
 * the query, with the words that put a selector into the past.
 */
export function compared(legend: string, query: (ago: string) => string): Ask[] {
  return [
    { expr: query(''), legend },
    { expr: query(' offset $compare'), legend: `${legend} $compare before`.trim() },
  ];
}
