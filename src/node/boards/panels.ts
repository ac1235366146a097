/** The kinds of panels that the boards are made of, without their places. */
import {
  AxisPlacement,
  BarGaugeDisplayMode,
  BarGaugeNamePlacement,
  BarGaugeSizing,
  BarGaugeValueMode,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueJustifyMode,
  BigValueTextMode,
  FieldColorModeId,
  GraphDrawStyle,
  LegendDisplayMode,
  PercentChangeColorMode,
  SortOrder,
  StackingMode,
  TableCellHeight,
  TooltipDisplayMode,
  VisibilityMode,
  VizOrientation,
  type DataTransformerConfig,
  type FieldConfig,
  type FieldConfigSource,
  type GraphFieldConfig,
  type Panel,
  type ThresholdsConfig,
  type ValueMapping,
} from '@grafana/schema';
import type { Options as BarGaugeOptions } from '@grafana/schema/dist/esm/raw/composable/bargauge/panelcfg/x/BarGaugePanelCfg_types.gen';
import { HeatmapColorMode, type Options as HeatmapOptions } from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen';
import type { Options as StatOptions } from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type { Options as StateTimelineOptions } from '@grafana/schema/dist/esm/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen';
import type { Options as TableOptions } from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen';
import type { Options as TimeSeriesOptions } from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';
import { BLUE, steps } from './colours.js';
import { SOURCE, queries, type Ask, type Manner } from './queries.js';

/** A link of a value to another page. */
export interface Link {
  title: string;
  url: string;
}

export type Override = FieldConfigSource['overrides'][number];

/** What every panel says of itself. */
export interface About {
  title: string;
  /** One or two sentences: what is seen, and when to worry. */
  description: string;
  asks: Ask[];
  unit: string;
  decimals?: number;
  min?: number;
  max?: number;
  thresholds?: ThresholdsConfig;
  mappings?: ValueMapping[];
  /** The words where there are no data, if that is no fault. */
  empty?: string;
  links?: Link[];
  overrides?: Override[];
}

/** A panel that has no place yet. */
export type Unplaced = Omit<Panel, 'id' | 'gridPos'>;

function panel<O extends object>(
  type: string,
  about: About,
  manner: Manner,
  options: O,
  defaults: FieldConfig = {},
): Unplaced {
  const { unit, decimals, min, max, mappings, links, empty } = about;
  return {
    type,
    title: about.title,
    description: about.description,
    datasource: SOURCE,
    targets: queries(manner, about.asks).map((query) => ({ ...query })),
    options: { ...options } as Record<string, unknown>,
    fieldConfig: {
      defaults: {
        unit,
        thresholds: about.thresholds ?? steps(BLUE),
        mappings: mappings ?? [],
        ...(decimals === undefined ? {} : { decimals }),
        ...(min === undefined ? {} : { min }),
        ...(max === undefined ? {} : { max }),
        ...(links === undefined ? {} : { links }),
        ...(empty === undefined ? {} : { noValue: empty }),
        ...defaults,
      },
      overrides: about.overrides ?? [],
    },
  };
}

const LAST = { calcs: ['lastNotNull'], fields: '', values: false };

/** One number, on its colour. */
export function stat(about: About & { showName?: boolean; trend?: boolean }): Unplaced {
  const options: StatOptions = {
    colorMode: BigValueColorMode.Background,
    graphMode: about.trend ? BigValueGraphMode.Area : BigValueGraphMode.None,
    justifyMode: BigValueJustifyMode.Auto,
    textMode: about.showName ? BigValueTextMode.Name : BigValueTextMode.Value,
    orientation: VizOrientation.Auto,
    percentChangeColorMode: PercentChangeColorMode.Standard,
    showPercentChange: false,
    wideLayout: true,
    reduceOptions: LAST,
  };
  const manner = about.trend ? 'range' : 'instant';
  return panel('stat', about, manner, options, { color: { mode: FieldColorModeId.Thresholds } });
}

/** Lines over time; what ends with "before" is dashed. */
export function lines(about: About & { thresholdLine?: boolean; custom?: GraphFieldConfig }): Unplaced {
  const options: TimeSeriesOptions = {
    legend: {
      showLegend: true,
      displayMode: LegendDisplayMode.Table,
      placement: 'bottom',
      calcs: ['lastNotNull', 'max'],
    },
    tooltip: { mode: TooltipDisplayMode.Multi, sort: SortOrder.Descending },
  };
  const custom = {
    drawStyle: GraphDrawStyle.Line,
    lineWidth: 2,
    fillOpacity: 0,
    showPoints: VisibilityMode.Auto,
    spanNulls: false,
    axisPlacement: AxisPlacement.Auto,
    ...(about.thresholdLine ? { thresholdsStyle: { mode: 'dashed' } } : {}),
    ...about.custom,
  };
  const dashed = named('/before$/', {
    'custom.lineStyle': { fill: 'dash', dash: [8, 6] },
    'custom.lineWidth': 1,
    'custom.fillOpacity': 0,
    'custom.stacking': { mode: StackingMode.None, group: 'before' },
  });
  return panel('timeseries', { ...about, overrides: [...(about.overrides ?? []), dashed] }, 'range', options, {
    color: { mode: FieldColorModeId.PaletteClassicByName },
    custom,
  });
}

/** Areas on top of each other. */
export function stacked(about: About): Unplaced {
  return lines({
    ...about,
    custom: { fillOpacity: 60, lineWidth: 0, stacking: { mode: StackingMode.Normal, group: 'A' } },
  });
}

/** What was so when: a row for each series. */
export function states(about: About & { rowsPerPage?: number }): Unplaced {
  const options: StateTimelineOptions = {
    mergeValues: true,
    showValue: VisibilityMode.Auto,
    rowHeight: 0.85,
    perPage: about.rowsPerPage ?? 20,
    alignValue: 'left',
    legend: { showLegend: false, displayMode: LegendDisplayMode.List, placement: 'bottom', calcs: [] },
    tooltip: { mode: TooltipDisplayMode.Single, sort: SortOrder.None },
  };
  return panel('state-timeline', about, 'range', options, {
    color: { mode: FieldColorModeId.Thresholds },
    custom: { fillOpacity: 80, lineWidth: 0 },
  });
}

/** A bar for each series, as of now. */
export function bars(about: About): Unplaced {
  const options: BarGaugeOptions = {
    displayMode: BarGaugeDisplayMode.Basic,
    orientation: VizOrientation.Horizontal,
    namePlacement: BarGaugeNamePlacement.Left,
    valueMode: BarGaugeValueMode.Text,
    sizing: BarGaugeSizing.Auto,
    minVizHeight: 16,
    maxVizHeight: 40,
    minVizWidth: 8,
    showUnfilled: true,
    reduceOptions: LAST,
    legend: { showLegend: false, displayMode: LegendDisplayMode.List, placement: 'bottom', calcs: [] },
  };
  return panel('bargauge', about, 'instant', options, { color: { mode: FieldColorModeId.Thresholds } });
}

/** How often which value came, over time. */
export function heatmap(about: About): Unplaced {
  const options: HeatmapOptions = {
    calculate: false,
    color: { mode: HeatmapColorMode.Scheme, scheme: 'Cividis', fill: BLUE, exponent: 0.5, reverse: false, steps: 64 },
    exemplars: { color: 'rgba(255,255,255,0.7)' },
    legend: { show: true },
    showValue: VisibilityMode.Never,
    tooltip: { mode: TooltipDisplayMode.Single, yHistogram: true },
    yAxis: { unit: about.unit, axisPlacement: AxisPlacement.Left },
    filterValues: { le: 1e-9 },
  };
  return panel('heatmap', about, 'buckets', options);
}

/** Columns of a table: what is shown, under which name, in this order. Other columns are not. */
export type Columns = Record<string, string>;

/** Rows as of now; queries with the same labels share a row. */
export function table(about: About & { columns: Columns; sortBy?: string; descending?: boolean }): Unplaced {
  const shown = Object.keys(about.columns);
  const options: TableOptions = {
    frameIndex: 0,
    showHeader: true,
    cellHeight: TableCellHeight.Sm,
    enablePagination: true,
    ...(about.sortBy ? { sortBy: [{ displayName: about.sortBy, desc: about.descending ?? false }] } : {}),
  };
  const transformations: DataTransformerConfig[] = [
    { id: 'merge', options: {} },
    { id: 'filterFieldsByName', options: { include: { names: shown } } },
    {
      id: 'organize',
      options: {
        excludeByName: {},
        indexByName: Object.fromEntries(shown.map((name, index) => [name, index])),
        renameByName: about.columns,
      },
    },
  ];
  const made = panel('table', about, 'rows', options, {
    color: { mode: FieldColorModeId.Thresholds },
    custom: { align: 'auto', cellOptions: { type: 'auto' }, filterable: true, inspect: false },
  });
  return { ...made, transformations };
}

/** Other settings for the field of that name, or for those that match `/…/`. */
export function named(name: string, properties: Record<string, unknown>): Override {
  const matcher = name.startsWith('/') ? 'byRegexp' : 'byName';
  return {
    matcher: { id: matcher, options: name },
    properties: Object.entries(properties).map(([id, value]) => ({ id, value })),
  };
}

/** A colour for each name. */
export function coloured(colours: Record<string, string>): Override[] {
  return Object.entries(colours).map(([name, fixedColor]) =>
    named(name, { color: { mode: FieldColorModeId.Fixed, fixedColor } }),
  );
}

/** A cell that takes the colour of its value. */
export const ON_COLOUR = { 'custom.cellOptions': { type: 'color-background', mode: 'basic' } };
