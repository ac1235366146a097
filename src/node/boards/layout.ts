/** Puts panels into their places: sections from top to bottom, lines within, 24 columns wide. */
import type { Panel, RowPanel } from '@grafana/schema';
import type { Unplaced } from './panels.js';

const COLUMNS = 24;
const HEADING = 1;

/** Panels side by side, with their widths. */
export interface Line {
  height: number;
  panels: Array<[width: number, panel: Unplaced]>;
}

export interface Section {
  title: string;
  lines: Line[];
}

export function line(height: number, ...panels: Line['panels']): Line {
  const width = panels.reduce((sum, [each]) => sum + each, 0);
  if (width !== COLUMNS) {
    throw new Error(`${panels.map(([, panel]) => panel.title).join(', ')}: ${width} columns, not ${COLUMNS}`);
  }
  return { height, panels };
}

/** Panels of one width, side by side. */
export function evenly(height: number, ...panels: Unplaced[]): Line {
  return line(height, ...panels.map((each): [number, Unplaced] => [COLUMNS / panels.length, each]));
}

export function section(title: string, ...lines: Line[]): Section {
  return { title, lines };
}

/** Ids count from 1, in the order of reading. */
export function place(sections: Section[]): Array<Panel | RowPanel> {
  const placed: Array<Panel | RowPanel> = [];
  let y = 0;
  for (const { title, lines } of sections) {
    const gridPos = { x: 0, y, w: COLUMNS, h: HEADING };
    placed.push({ type: 'row', title, collapsed: false, panels: [], id: placed.length + 1, gridPos });
    y += HEADING;
    for (const { height, panels } of lines) {
      let x = 0;
      for (const [w, panel] of panels) {
        placed.push({ ...panel, id: placed.length + 1, gridPos: { x, y, w, h: height } });
        x += w;
      }
      y += height;
    }
  }
  return placed;
}
