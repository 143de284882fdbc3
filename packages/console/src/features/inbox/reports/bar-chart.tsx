import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import styles from "./reports-page.module.css";

const HEIGHT = 200;
const COLORS = ["--mute-dot", "--accent"];

interface BarChartProps {
  labels: readonly string[];
  series: readonly { name: string; values: readonly number[] }[];
}

/** Two columns side by side for each label. The table beside it says the same to who cannot see it. */
export function BarChart({ labels, series }: BarChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another scheme has other colours to draw with.
  useEffect(() => {
    const box = place.current;
    if (box === null) return;
    const chart = drawChart(box, { labels, series });
    const observer = new ResizeObserver(() =>
      chart.setSize({ width: box.clientWidth, height: HEIGHT }),
    );
    observer.observe(box);
    return () => {
      observer.disconnect();
      chart.destroy();
    };
  }, [labels, series, scheme]);
  return (
    <>
      <p className={styles.legend}>
        {series.map(({ name }, index) => (
          <span key={name}>
            <i style={{ background: `var(${COLORS[index]})` }} />
            {name}
          </span>
        ))}
      </p>
      <div ref={place} className={styles.chart} style={{ height: HEIGHT }} aria-hidden="true" />
    </>
  );
}

function drawChart(box: HTMLDivElement, { labels, series }: BarChartProps): uPlot {
  // Asked for before the colours: it brings the styles of the whole page up to date. Asking for one element's alone, just after the
  // scheme has changed, leaves Chromium's others in the ink of the old one.
  const width = box.clientWidth;
  const color = (name: string) => readColor(box, name);
  const ink = color("--ink-3");
  const grid = { stroke: color("--line"), width: 1 };
  const axis = { stroke: () => ink, grid, ticks: { show: false }, font: "11px sans-serif" };
  const bars = uPlot.paths.bars;
  return new uPlot(
    {
      width,
      height: HEIGHT,
      cursor: { drag: { x: false, y: false } },
      legend: { show: false },
      scales: {
        // Half a label more at either end: the columns stand beside their label, not on it.
        x: { time: false, range: () => [-0.5, labels.length - 0.5] },
        y: { range: (_chart, _low, high) => [0, Math.max(4, high * 1.1)] },
      },
      axes: [
        {
          ...axis,
          size: 28,
          grid: { show: false },
          incrs: [1, 2, 5, 10, 20, 50, 100],
          values: (_chart, splits) => splits.map((at) => labels[at] ?? ""),
        },
        { ...axis, size: 44 },
      ],
      series: [
        { label: "", value: (_chart, at) => (at === null ? "" : (labels[at] ?? "")) },
        ...series.map(({ name }, index) => ({
          label: name,
          fill: color(COLORS[index] ?? "--accent"),
          width: 0,
          points: { show: false },
          ...(bars === undefined
            ? {}
            : { paths: bars({ size: [0.36, 22], align: index === 0 ? -1 : 1 }) }),
        })),
      ],
    },
    [labels.map((_label, index) => index), ...series.map(({ values }) => [...values])],
    box,
  );
}

/** A token as a colour that a canvas takes: it knows nothing of `light-dark()`. */
function readColor(box: HTMLElement, token: string): string {
  const probe = document.createElement("i");
  probe.style.color = `var(${token})`;
  box.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
