/**
 * Colours that people tell apart however they see colours (the palette of Okabe and Ito), and what
 * they mean. Nothing is said by colour alone: values have words, series have names.
 */
import { MappingType, ThresholdsMode, type ThresholdsConfig, type ValueMapping } from '@grafana/schema';

export const BLUE = '#0072B2';
export const SKY = '#56B4E9';
export const GREEN = '#009E73';
export const YELLOW = '#F0E442';
export const ORANGE = '#E69F00';
export const VERMILION = '#D55E00';
export const PURPLE = '#CC79A7';
export const GREY = '#8E8E8E';

export const GOOD = BLUE;
export const WARNING = ORANGE;
export const BAD = VERMILION;

/** The first colour counts from below, each other one from its value on. */
export function steps(first: string, ...further: Array<[from: number, colour: string]>): ThresholdsConfig {
  return {
    mode: ThresholdsMode.Absolute,
    steps: [{ color: first, value: null }, ...further.map(([value, color]) => ({ color, value }))],
  };
}

/** Words for single values. */
export function words(of: Record<string, [text: string, colour: string]>): ValueMapping[] {
  const options = Object.fromEntries(
    Object.entries(of).map(([value, [text, color]], index) => [value, { text, color, index }]),
  );
  return [{ type: MappingType.ValueToText, options }];
}

/** Colours for ranges of values, both ends included; the value itself stays the text. */
export function ranges(...of: Array<[from: number, to: number, colour: string]>): ValueMapping[] {
  return of.map(([from, to, color], index) => ({
    type: MappingType.RangeToText,
    options: { from, to, result: { color, index } },
  }));
}

export const UP_OR_DOWN = words({ '1': ['Up', GOOD], '0': ['Down', BAD] });
export const YES_OR_NO = words({ '1': ['Yes', GOOD], '0': ['No', BAD] });

/** Statuses as people read them: 2xx is what was hoped for, 0 is no answer at all. */
export const STATUSES = [
  ...words({ '0': ['none', GREY] }),
  ...ranges([100, 199, SKY], [200, 299, BLUE], [300, 399, PURPLE], [400, 499, ORANGE], [500, 999, VERMILION]),
];

/** Phases of all kinds of probes, in the order in which they happen. */
export const PHASES: Record<string, string> = {
  resolve: SKY,
  setup: GREY,
  connect: ORANGE,
  proxy: YELLOW,
  tls: GREEN,
  auth: GREY,
  processing: BLUE,
  request: BLUE,
  check: VERMILION,
  rtt: BLUE,
  status: BLUE,
  transfer: PURPLE,
};
