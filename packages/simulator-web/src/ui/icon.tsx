import type { ReactElement } from "react";

/** The page's own icons on a grid of 24, drawn with one stroke width. */
const drawings = {
  add: <path d="M12 5v14M5 12h14" />,
  close: <path d="m6.5 6.5 11 11m0-11-11 11" />,
  send: <path d="M4.5 11.9 19.5 4.800l-5 14.7-3.2-6z M11.3 13.500l8.2-8.7" />,
  attach: (
    <path d="m19.5 11.3-7.7 7.700a4.9 4.9 0 0 1-7-7L12.7 4.200a3.3 3.3 0 0 1 4.6 4.600l-7.7 7.700a1.6 1.6 0 0 1-2.3-2.300l7-7" />
  ),
  reply: <path d="M9.5 7 4.5 12l5 5M5 12h8.500a6 6 0 0 1 6 6v.5" />,
  chevron: <path d="m6.5 9.5 5.5 5.5 5.5-5.5" />,
  down: <path d="M12 5v13.500M6 12.800l6 5.7 6-5.7" />,
  link: (
    <path d="M13.5 5H19v5.500M19 5l-8.5 8.500M10 6H6.500A1.5 1.5 0 0 0 5 7.500v10A1.5 1.5 0 0 0 6.5 19h10a1.5 1.5 0 0 0 1.5-1.500V14" />
  ),
  phone: (
    <path d="M8.6 4.5 10.5 9 8.4 10.700a11 11 0 0 0 4.9 4.900L15 13.500l4.5 1.900v2.800a1.7 1.7 0 0 1-1.8 1.700A13.7 13.7 0 0 1 4.1 6.3 1.7 1.7 0 0 1 5.8 4.500z" />
  ),
  copy: (
    <>
      <rect x="8.5" y="8.5" width="11" height="11" rx="2.2" />
      <path d="M15.5 5.800A1.8 1.8 0 0 0 13.8 4.500H6.300a1.8 1.8 0 0 0-1.8 1.800v7.500a1.8 1.8 0 0 0 1.3 1.7" />
    </>
  ),
  check: <path d="m5 12.7 4.6 4.600L19 7.5" />,
  download: <path d="M12 4.500v10.300M7.5 10.700l4.5 4.3 4.5-4.300M5 19.500h14" />,
  sliders: <path d="M4.5 7.500h8M18 7.500h1.500M4.5 16.500H6M11.5 16.500h8M15.2 5v5M8.7 14v5" />,
  help: <path d="m5 8.5 4 3.5-4 3.500M12 16.500h7" />,
  sun: (
    <>
      <circle cx="12" cy="12" r="3.8" />
      <path d="M12 3.200v2M12 18.800v2M3.2 12h2M18.8 12h2M5.8 5.800l1.4 1.400M16.8 16.800l1.4 1.400M18.2 5.800l-1.4 1.400M7.2 16.800l-1.4 1.4" />
    </>
  ),
  moon: <path d="M19.5 14.300A8 8 0 0 1 9.7 4.500a8 8 0 1 0 9.8 9.800z" />,
  system: (
    <>
      <rect x="4" y="5" width="16" height="11" rx="2" />
      <path d="M9 19.500h6" />
    </>
  ),
  shieldGood: (
    <path d="M12 3.5 5 6v5.500c0 4.3 2.9 7.5 7 9 4.1-1.5 7-4.7 7-9V6zM8.8 11.900l2.3 2.3 4.2-4.5" />
  ),
  shieldBad: (
    <path d="M12 3.5 5 6v5.500c0 4.3 2.9 7.5 7 9 4.1-1.5 7-4.7 7-9V6zM9.7 9.700l4.6 4.600m0-4.6-4.6 4.6" />
  ),
  shieldUnknown: <path d="M12 3.5 5 6v5.500c0 4.3 2.9 7.5 7 9 4.1-1.5 7-4.7 7-9V6zM9.5 12h5" />,
  webhook: (
    <path d="M13.8 10.200a4 4 0 1 0-5.1-1.100L6.3 13.400M9.8 16.500a4 4 0 1 1-3.9-3.200M14.6 16.800h-4.300M14.1 12.600l-2.3-4.400M15.3 13.800a4 4 0 1 1-.2 4.7" />
  ),
  devices: (
    <>
      <rect x="7" y="3.5" width="10" height="17" rx="2.4" />
      <path d="M11 17.500h2" />
    </>
  ),
  panel: (
    <>
      <rect x="4" y="5" width="16" height="14" rx="2.4" />
      <path d="M14.5 5v14" />
    </>
  ),
  alert: (
    <path d="M12 7.500v5.500M12 16.400v.100M12 3.800a8.2 8.2 0 1 0 0 16.4 8.2 8.2 0 0 0 0-16.400z" />
  ),
  clock: <path d="M12 7.500V12l3 2M12 3.800a8.2 8.2 0 1 0 0 16.4 8.2 8.2 0 0 0 0-16.400z" />,
  magic: (
    <path d="m5 19 9.5-9.500M13 5.500V3.500M13 11v-1M8.5 7.500h-2M19.5 7.500h-2M16.2 10.700l1.3 1.300M16.2 4.300l1.3-1.3" />
  ),
  trash: (
    <path d="M5 7.500h14M10 7V4.800h4V7M7 7.500l.8 11.700h8.400L17 7.500M10.5 11v5M13.5 11v5" />
  ),
  list: <path d="M9 7h10.500M9 12h10.500M9 17h10.500M4.7 7h.100M4.7 12h.100M4.7 17h.100" />,
  pin: (
    <>
      <path d="M12 20.500c4-4.300 6-7.600 6-10.300a6 6 0 0 0-12 0c0 2.700 2 6 6 10.300z" />
      <circle cx="12" cy="10" r="2.2" />
    </>
  ),
  person: (
    <>
      <circle cx="12" cy="8.5" r="3.7" />
      <path d="M5 19.500c.9-3.500 3.500-5.200 7-5.200s6.1 1.700 7 5.200" />
    </>
  ),
  play: <path d="M9 6.500v11l8.5-5.500z" />,
} satisfies Record<string, ReactElement>;

export type IconName = keyof typeof drawings;

/** One icon, in the colour of the text around it; never the only bearer of a meaning. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {drawings[name]}
    </svg>
  );
}
